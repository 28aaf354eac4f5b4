package dev.headwater.core;

import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells whether a change decides where secrets go. Every field does, unless it is known not to: a host name, but also the
 * database, which drivers have been made to read options from, and whatever a host's own kinds have.
 */
final class Destination {

    /** What is only ever used on a connection that stands, or names who logs in. */
    private static final Set<String> KEPT_BY = Set.of(
            "username",
            "schema",
            "role",
            "warehouse",
            "dataset",
            "workgroup",
            "topic",
            "subscription",
            "dead_letter_queue",
            "late_arrival_deadline",
            "client_id_prefix",
            "group_id_prefix",
            "table_level",
            "pool.max_size");

    /** What says where a data source is, the first that is there. */
    private static final List<String> PLACES = List.of(
            "host",
            "bootstrap_servers",
            "endpoint_url",
            "uri",
            "url",
            "account",
            "project",
            "bucket",
            "region",
            "path");

    private Destination() {}

    /** {@return a name of the place that a data source reaches for, as far as can be told without its secrets} */
    static String of(DataSourceRecord record) {
        for (String key : PLACES) {
            ConfigValue value = record.config().get(key);
            if (value instanceof ConfigValue.Literal literal) {
                return key + "=" + literal.value() + "/" + port(record);
            }
            if (value instanceof ConfigValue.Linked linked) {
                return key + "->" + linked.secret().store() + "/"
                        + linked.secret().name();
            }
        }
        return "kind=" + record.kind();
    }

    private static String port(DataSourceRecord record) {
        return record.config().get("port") instanceof ConfigValue.Literal literal
                ? literal.value().toString()
                : "";
    }

    /** {@return the canonical keys of the fields that differ and are no secrets and decide where secrets go} */
    static List<String> changed(KindDefinition kind, Map<String, ConfigValue> before, Map<String, ConfigValue> after) {
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(before.get(key), after.get(key)))
                .filter(key -> !KEPT_BY.contains(key))
                .filter(key -> !kind.field(key).map(FieldDefinition::secret).orElse(false))
                .toList();
    }
}
