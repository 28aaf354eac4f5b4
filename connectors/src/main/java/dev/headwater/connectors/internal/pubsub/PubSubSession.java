package dev.headwater.connectors.internal.pubsub;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.headwater.connectors.internal.google.GoogleNames;
import dev.headwater.connectors.internal.rest.Json;
import dev.headwater.connectors.internal.rest.RestClient;
import dev.headwater.connectors.internal.rest.RestSession;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.PreviewMessage;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A login to Pub/Sub. */
final class PubSubSession extends RestSession {

    private static final Logger LOG = LoggerFactory.getLogger(PubSubSession.class);

    private static final int PER_PAGE = 1_000;
    private static final int MAX_PULLED = 1_000;
    private static final String DELETED_TOPIC = "_deleted-topic_";

    private final HttpUrl root;
    private final String project;
    private final String subscription;
    private final Map<String, List<ColumnSchema>> schemas = new HashMap<>();

    PubSubSession(ConnectionTarget target, RestClient http, HttpUrl root) {
        super(target, http);
        this.root = root;
        this.project = GoogleNames.project(target.config());
        this.subscription = PubSubKind.subscription(target.config());
    }

    private HttpUrl.Builder url(String resource) {
        return root.newBuilder()
                .addPathSegments("v1/projects")
                .addPathSegment(project)
                .addPathSegment(resource);
    }

    private HttpUrl subscriptionUrl(String verb) {
        return url("subscriptions").addPathSegment(subscription + verb).build();
    }

    private Json find() {
        Json found = http.get(subscriptionUrl(""), "find the subscription " + subscription);
        if (found.need("topic").equals(DELETED_TOPIC)) {
            throw new ConnectorException(
                    FailureCode.NO_SUCH_DATABASE,
                    "the topic of the subscription " + subscription + " was deleted",
                    "Make the subscription anew, for a topic that is there.");
        }
        return found;
    }

    @Override
    public String probe() {
        return http.line("Pub/Sub, subscription " + subscription + " of " + find().need("topic"));
    }

    @Override
    protected void read(Tables into) {
        Map<String, List<ColumnSchema>> columnsOfTopics = new HashMap<>();
        try {
            each("topics", into, topic -> {
                List<ColumnSchema> columns = columns(topic);
                columnsOfTopics.put(topic.need("name"), columns);
                into.add(table(topic.need("name"), TableType.TOPIC, columns));
            });
            each(
                    "subscriptions",
                    into,
                    one -> into.add(table(
                            one.need("name"),
                            TableType.STREAM,
                            columnsOfTopics.getOrDefault(one.need("topic"), List.of()))));
        } catch (ConnectorException e) {
            if (e.failure() != FailureCode.PERMISSION_DENIED || into.size() > 0) {
                throw e;
            }
            // Who may only read one subscription sees that one.
            into.add(table(find().need("name"), TableType.STREAM, List.of()));
        }
    }

    private void each(String resource, Tables into, Consumer<Json> take) {
        String page = "";
        do {
            HttpUrl.Builder url = url(resource).addQueryParameter("pageSize", "" + PER_PAGE);
            if (!page.isEmpty()) {
                url.addQueryParameter("pageToken", page);
            }
            Json answer = http.get(url.build(), "list the " + resource);
            for (Json one : answer.get(resource).list()) {
                if (into.full()) {
                    return;
                }
                take.accept(one);
            }
            page = answer.get("nextPageToken").text().orElse("");
        } while (!page.isEmpty() && !into.full());
    }

    private List<ColumnSchema> columns(Json topic) {
        String name = topic.get("schemaSettings").get("schema").text().orElse("");
        // The name of a schema that was deleted is _deleted-schema_.
        return name.startsWith("projects/") ? schemas.computeIfAbsent(name, this::readSchema) : List.of();
    }

    private List<ColumnSchema> readSchema(String name) {
        HttpUrl.Builder url = root.newBuilder().addPathSegment("v1");
        for (String part : name.split("/")) {
            if (part.isEmpty() || part.startsWith(".")) {
                return List.of();
            }
            url.addPathSegment(part);
        }
        try {
            Json schema = http.get(url.addQueryParameter("view", "FULL").build(), "read the schema " + name);
            return MessageSchemas.columns(
                    schema.get("type").text().orElse(""),
                    schema.get("definition").text().orElse(""));
        } catch (ConnectorException e) {
            if (e.failure() == FailureCode.PERMISSION_DENIED || e.failure() == FailureCode.NO_SUCH_DATABASE) {
                LOG.debug("a topic is shown without its schema: {}", e.failure());
                return List.of();
            }
            throw e;
        }
    }

    private TableSchema table(String name, TableType type, List<ColumnSchema> columns) {
        return new TableSchema(
                project, null, name.substring(name.lastIndexOf('/') + 1), type, null, columns, List.of());
    }

    /**
     * Pulls messages and gives them back at once, by an acknowledgement deadline of 0. Each counts as an attempt of
     * delivery, so a subscription that moves messages away after some of these shows none.
     */
    @Override
    public List<PreviewMessage> preview(int maxMessages) {
        if (maxMessages < 1) {
            throw new IllegalArgumentException("maxMessages must be at least 1, is " + maxMessages);
        }
        if (find().get("deadLetterPolicy").isObject()) {
            LOG.info(
                    "a subscription with a dead letter topic shows no messages: that would count as attempts of delivery");
            return List.of();
        }
        JsonObject request = new JsonObject();
        request.addProperty("maxMessages", Math.min(MAX_PULLED, maxMessages));
        request.addProperty("returnImmediately", true);
        List<Json> received = http.post(subscriptionUrl(":pull"), request, "pull messages")
                .get("receivedMessages")
                .list();
        giveBack(received);
        return messages(received);
    }

    private void giveBack(List<Json> received) {
        JsonArray ids = new JsonArray();
        received.forEach(one -> one.get("ackId").text().ifPresent(ids::add));
        if (!ids.isEmpty()) {
            JsonObject request = new JsonObject();
            request.add("ackIds", ids);
            request.addProperty("ackDeadlineSeconds", 0);
            http.post(subscriptionUrl(":modifyAckDeadline"), request, "give messages back");
        }
    }

    private List<PreviewMessage> messages(List<Json> received) {
        List<PreviewMessage> messages = new ArrayList<>();
        int left = MAX_PREVIEW_BYTES;
        for (Json one : received) {
            PreviewMessage message = message(one.get("message"));
            if (message.size() <= left) {
                left -= message.size();
                messages.add(message);
            }
        }
        messages.sort(Comparator.comparing(one -> one.timestamp().orElse(Instant.MIN)));
        return messages;
    }

    private PreviewMessage message(Json message) {
        byte[] key = message.get("orderingKey")
                .text()
                .filter(text -> !text.isEmpty())
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(null);
        return new PreviewMessage(
                subscription, null, message.need("messageId"), key, data(message), published(message));
    }

    private static byte @Nullable [] data(Json message) {
        try {
            return message.get("data")
                    .text()
                    .map(text -> Base64.getDecoder().decode(text))
                    .orElse(null);
        } catch (IllegalArgumentException e) {
            throw new ConnectorException(FailureCode.WRONG_SERVER, "the data of a message is not Base64");
        }
    }

    private static @Nullable Instant published(Json message) {
        try {
            return message.get("publishTime").text().map(Instant::parse).orElse(null);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
