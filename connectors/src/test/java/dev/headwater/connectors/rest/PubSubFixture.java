package dev.headwater.connectors.rest;

import com.google.gson.JsonObject;
import dev.headwater.connectors.KindFixture;
import dev.headwater.connectors.internal.pubsub.PubSubKind;
import dev.headwater.connectors.internal.rest.RestConnector;
import dev.headwater.connectors.rest.HttpStub.Asked;
import dev.headwater.connectors.rest.HttpStub.Reply;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.Connector;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A stub of Pub/Sub's REST API (https://cloud.google.com/pubsub/docs/reference/rest), lists in pages of one, and the real
 * connector, told where it is. Pulled messages are out until they are given back.
 */
public final class PubSubFixture implements KindFixture {

    private static final String BASE = "/v1/projects/" + GoogleStub.PROJECT;
    private static final String NAME = "projects/" + GoogleStub.PROJECT;
    private static final String AVRO = """
            {"type":"record","name":"Click","fields":[
              {"name":"id","type":"long","doc":"The number"},
              {"name":"page","type":["null","string"]},
              {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
              {"name":"tags","type":{"type":"array","items":"string"}}]}""";
    private static final String PROTO = """
            syntax = "proto3"; // a comment
            message Order {
              reserved 4;
              string id = 1;
              repeated int64 lines = 2;
              map<string, string> labels = 3;
              google.protobuf.Timestamp at = 5;
            }""";

    private static final GoogleStub GOOGLE =
            new GoogleStub("https://www.googleapis.com/auth/pubsub", PubSubFixture::answer);
    private static final Set<String> OUT = ConcurrentHashMap.newKeySet();

    static HttpStub stub() {
        return GOOGLE.http();
    }

    /** {@return the ids of the messages that were pulled and not given back} */
    static Set<String> out() {
        return OUT;
    }

    static Reply answer(Asked asked) {
        if (!asked.path().startsWith(BASE + "/")) {
            return GoogleStub.error(404, "NOT_FOUND", "Requested project not found");
        }
        String path = asked.path().substring(BASE.length() + 1);
        String body = asked.body();
        return switch (path) {
            case "topics" ->
                page(
                        asked,
                        "topics",
                        topic("clicks", "avro"),
                        topic("orders", "proto"),
                        "{\"name\":\"" + NAME + "/topics/plain\"}",
                        "{\"name\":\"" + NAME + "/topics/odd\",\"schemaSettings\":{\"schema\":\"_deleted-schema_\"}}");
            case "subscriptions" ->
                page(asked, "subscriptions", subscription("clicks-app", "clicks"), subscription("watched", "plain"));
            case "schemas/avro" -> schema(asked, "AVRO", AVRO);
            case "schemas/proto" -> schema(asked, "PROTOCOL_BUFFER", PROTO);
            case "subscriptions/clicks-app" -> Reply.json(subscription("clicks-app", "clicks"));
            case "subscriptions/orphan" ->
                Reply.json("{\"name\":\"" + NAME + "/subscriptions/orphan\",\"topic\":\"_deleted-topic_\"}");
            case "subscriptions/watched" -> Reply.json(subscription("watched", "plain"));
            case "subscriptions/clicks-app:pull" -> pull(asked.json());
            case "subscriptions/clicks-app:modifyAckDeadline" -> giveBack(asked.json());
            default -> GoogleStub.error(404, "NOT_FOUND", "Resource not found (resource=" + path + "). " + body);
        };
    }

    private static String topic(String name, String schema) {
        return "{\"name\":\"" + NAME + "/topics/" + name + "\",\"schemaSettings\":{\"schema\":\"" + NAME + "/schemas/"
                + schema + "\",\"encoding\":\"JSON\"}}";
    }

    private static String subscription(String name, String topic) {
        String deadLetter = name.equals("watched")
                ? ",\"deadLetterPolicy\":{\"deadLetterTopic\":\"" + NAME + "/topics/dead\",\"maxDeliveryAttempts\":5}"
                : "";
        return "{\"name\":\"" + NAME + "/subscriptions/" + name + "\",\"topic\":\"" + NAME + "/topics/" + topic
                + "\",\"state\":\"ACTIVE\"" + deadLetter + "}";
    }

    private static Reply schema(Asked asked, String type, String definition) {
        return Reply.json(
                asked.param("view").equals("FULL")
                        ? "{\"type\":\"" + type + "\",\"definition\":" + HttpStub.quoted(definition) + "}"
                        : "{\"type\":\"" + type + "\"}");
    }

    private static Reply page(Asked asked, String name, String... all) {
        int at = asked.param("pageToken").isEmpty() ? 0 : Integer.parseInt(asked.param("pageToken"));
        String next = at + 1 < all.length ? ",\"nextPageToken\":\"" + (at + 1) + "\"" : "";
        return Reply.json("{\"" + name + "\":[" + all[at] + "]" + next + "}");
    }

    private static Reply pull(JsonObject request) {
        if (!request.get("returnImmediately").getAsBoolean()) {
            return GoogleStub.error(504, "DEADLINE_EXCEEDED", "nothing came");
        }
        List<String> messages = new ArrayList<>();
        for (int i = 3; i > 0 && messages.size() < request.get("maxMessages").getAsInt(); i--) {
            OUT.add("ack-" + i);
            String data = Base64.getEncoder().encodeToString(("click " + i).getBytes(StandardCharsets.UTF_8));
            messages.add("{\"ackId\":\"ack-" + i + "\",\"message\":{\"data\":\"" + data + "\",\"messageId\":\"" + i
                    + "\",\"orderingKey\":\"" + (i == 1 ? "k" : "") + "\",\"publishTime\":\"2026-01-0" + i
                    + "T00:00:00.5Z\",\"attributes\":{\"a\":\"b\"}}}");
        }
        return Reply.json("{\"receivedMessages\":[" + String.join(",", messages) + "]}");
    }

    private static Reply giveBack(JsonObject request) {
        if (request.get("ackDeadlineSeconds").getAsInt() == 0) {
            request.getAsJsonArray("ackIds").forEach(id -> OUT.remove(id.getAsString()));
        }
        return Reply.json("{}");
    }

    @Override
    public String kind() {
        return "pubsub";
    }

    @Override
    public Connector connector() {
        return new RestConnector(new PubSubKind(GoogleStub.api()));
    }

    @Override
    public Map<String, Object> workingConfig() {
        Map<String, Object> config = GOOGLE.config();
        config.put("subscription", "clicks-app");
        return config;
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                GoogleStub.PROJECT,
                null,
                "clicks",
                TableType.TOPIC,
                null,
                List.of(
                        new ColumnSchema("id", "long", CanonicalType.INTEGER, false, "The number"),
                        new ColumnSchema("page", "string", CanonicalType.TEXT, true, null),
                        new ColumnSchema(
                                "at", "long (timestamp-micros)", CanonicalType.TIMESTAMP_WITH_ZONE, false, null),
                        new ColumnSchema("tags", "array", CanonicalType.ARRAY, false, null)),
                List.of());
    }

    @Override
    public Optional<Map<String, Object>> wrongCredentials(String secret) {
        return Optional.of(GOOGLE.wrongCredentials(secret));
    }

    @Override
    public Optional<Map<String, Object>> missingDatabase() {
        return Optional.of(Map.of("subscription", "not_there"));
    }

    @Override
    public Optional<Map<String, Object>> atPort(int port) {
        return Optional.of(GoogleStub.at(port));
    }
}
