package dev.headwater.connectors.internal.kafka;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The field {@code extra_args}: a JSON object of properties that tune. All that name classes, files, hosts or login
 * modules are left out, since Kafka's client loads and reads what they name.
 */
final class KafkaTuning {

    private static final int MAX_TEXT = 8_192;

    private static final Set<String> ALLOWED = Set.of(
            "acks",
            "allow.auto.create.topics",
            "auto.commit.interval.ms",
            "auto.offset.reset",
            "check.crcs",
            "client.rack",
            "compression.type",
            "connections.max.idle.ms",
            "default.api.timeout.ms",
            "enable.auto.commit",
            "exclude.internal.topics",
            "fetch.max.bytes",
            "fetch.max.wait.ms",
            "fetch.min.bytes",
            "group.instance.id",
            "heartbeat.interval.ms",
            "isolation.level",
            "linger.ms",
            "max.partition.fetch.bytes",
            "max.poll.interval.ms",
            "max.poll.records",
            "metadata.max.age.ms",
            "receive.buffer.bytes",
            "reconnect.backoff.max.ms",
            "reconnect.backoff.ms",
            "request.timeout.ms",
            "retries",
            "retry.backoff.ms",
            "send.buffer.bytes",
            "session.timeout.ms");

    private KafkaTuning() {}

    /**
     * {@return the properties}
     *
     * @param json the object; empty for none
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} naming all that are refused
     */
    static Map<String, String> of(String json) {
        Map<String, String> tuning = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, JsonElement> member : members(json)) {
            String key = member.getKey();
            if (!ALLOWED.contains(key)) {
                problems.add(key + " is not allowed");
            } else if (!member.getValue().isJsonPrimitive()) {
                problems.add(key + " must be a text, a number or a flag");
            } else {
                tuning.put(key, member.getValue().getAsString());
            }
        }
        if (!problems.isEmpty()) {
            throw invalid(String.join("; ", problems) + "; allowed are " + new TreeSet<>(ALLOWED));
        }
        return Map.copyOf(tuning);
    }

    private static Set<Map.Entry<String, JsonElement>> members(String json) {
        if (json.isBlank()) {
            return Set.of();
        }
        try {
            // A short text cannot be nested so deep that the parser runs out of stack.
            if (json.length() <= MAX_TEXT && JsonParser.parseString(json) instanceof JsonObject object) {
                return object.entrySet();
            }
        } catch (JsonParseException e) {
            // Its message repeats the text.
        }
        throw invalid("must be a JSON object of at most " + MAX_TEXT + " characters");
    }

    private static ConnectorException invalid(String problem) {
        return new ConnectorException(FailureCode.INVALID_CONFIG, "extra_args: " + problem);
    }
}
