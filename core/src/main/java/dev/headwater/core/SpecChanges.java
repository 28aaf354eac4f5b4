package dev.headwater.core;

import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Tells which parts of a data source differ, by name and never by value: what the history shows. */
final class SpecChanges {

    private SpecChanges() {}

    static List<String> between(DataSourceSpec before, DataSourceSpec after) {
        return between(before, after, after.config(), Set.of());
    }

    /**
     * @param config the config after, in place of that of {@code after}
     * @param secrets fields whose secret is set anew, which always counts as a change
     */
    static List<String> between(
            DataSourceSpec before, DataSourceSpec after, Map<String, ConfigValue> config, Set<String> secrets) {
        List<String> changed = new ArrayList<>();
        addIf(changed, "name", !before.name().equals(after.name()));
        addIf(changed, "displayName", !Objects.equals(before.displayName(), after.displayName()));
        addIf(changed, "description", !Objects.equals(before.description(), after.description()));
        addIf(changed, "labels", !before.labels().equals(after.labels()));
        addIf(changed, "tenancy", !Objects.equals(before.tenancy(), after.tenancy()));
        Set<String> fields = new TreeSet<>(secrets);
        config.forEach((key, value) -> {
            if (!value.equals(before.config().get(key))) {
                fields.add(key);
            }
        });
        before.config().keySet().stream()
                .filter(key -> !config.containsKey(key))
                .forEach(fields::add);
        changed.addAll(fields);
        return changed;
    }

    private static void addIf(List<String> list, String what, boolean condition) {
        if (condition) {
            list.add(what);
        }
    }
}
