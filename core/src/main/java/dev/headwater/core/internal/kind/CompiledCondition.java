package dev.headwater.core.internal.kind;

import dev.headwater.spi.Condition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A condition made ready to be asked of slots. */
interface CompiledCondition {

    int NO = 0;
    int YES = 1;

    /** It hangs on a value that is there and not known. */
    int UNKNOWN = 2;

    int ask(@Nullable Object[] slots);

    static CompiledCondition of(Condition condition, Map<String, Integer> indexes, Map<String, Object> defaults) {
        if (condition instanceof Condition.All all) {
            List<CompiledCondition> parts = all.parts().stream()
                    .map(part -> of(part, indexes, defaults))
                    .toList();
            return slots -> {
                int answer = YES;
                for (CompiledCondition part : parts) {
                    int one = part.ask(slots);
                    if (one == NO) {
                        return NO;
                    }
                    answer = Math.max(answer, one);
                }
                return answer;
            };
        } else if (condition instanceof Condition.HasValue hasValue) {
            int field = indexes.getOrDefault(hasValue.field(), -1);
            Object[] values = hasValue.values().toArray();
            Object otherwise = defaults.get(hasValue.field());
            return slots -> {
                Object value = slots[field] == null ? otherwise : slots[field];
                if (!known(value)) {
                    return UNKNOWN;
                }
                for (Object expected : values) {
                    if (expected.equals(value)) {
                        return YES;
                    }
                }
                return NO;
            };
        }
        int field = indexes.getOrDefault(condition.fields().get(0), -1);
        int ifThere = condition instanceof Condition.Present ? YES : NO;
        return slots -> slots[field] == null ? YES - ifThere : ifThere;
    }

    /** Whether the value is itself there, or none. Asks for final classes only: to ask for an interface takes far longer. */
    private static boolean known(@Nullable Object value) {
        return value == null || value instanceof Boolean || value instanceof String || value instanceof Long;
    }
}
