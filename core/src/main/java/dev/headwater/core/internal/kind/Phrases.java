package dev.headwater.core.internal.kind;

import dev.headwater.spi.Condition;
import java.util.List;
import java.util.Map;

/** Conditions and lists in words. */
final class Phrases {

    private Phrases() {}

    /** @param names how fields are called, by canonical key; those that are missing go by that key */
    static String condition(Condition condition, Map<String, String> names) {
        if (condition instanceof Condition.All all) {
            return String.join(
                    " and ",
                    all.parts().stream().map(part -> condition(part, names)).toList());
        }
        String key = condition.fields().get(0);
        String name = names.getOrDefault(key, key);
        if (condition instanceof Condition.HasValue hasValue) {
            return name + " is "
                    + list(hasValue.values().stream().map(Object::toString).toList(), "or");
        }
        return name + (condition instanceof Condition.Present ? " is given" : " is not given");
    }

    /** {@code a, b or c}. */
    static String list(List<String> words, String last) {
        int size = words.size();
        if (size == 1) {
            return words.get(0);
        }
        return String.join(", ", words.subList(0, size - 1)) + " " + last + " " + words.get(size - 1);
    }
}
