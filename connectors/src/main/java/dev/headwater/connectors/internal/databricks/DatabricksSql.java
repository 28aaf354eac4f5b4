package dev.headwater.connectors.internal.databricks;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.headwater.connectors.QueryClient;
import dev.headwater.connectors.internal.rest.Json;
import dev.headwater.connectors.internal.rest.QueryClients;
import dev.headwater.connectors.internal.rest.RestClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements, whose answers come in chunks within the API's own answers. The server waits for a statement to end, and
 * cancels one that takes too long, so there is nothing to poll for.
 */
final class DatabricksSql {

    /** The API waits for from 5 to 50 seconds. */
    private static final long SHORTEST_WAIT_SECONDS = 5;

    private static final long LONGEST_WAIT_SECONDS = 50;

    private final RestClient http;
    private final HttpUrl statements;
    private final String warehouse;
    private final long waitSeconds;

    DatabricksSql(RestClient http, HttpUrl root, String warehouse, Duration timeout) {
        this.http = http;
        this.statements =
                root.newBuilder().addPathSegments("api/2.0/sql/statements").build();
        this.warehouse = warehouse;
        this.waitSeconds = Math.max(SHORTEST_WAIT_SECONDS, Math.min(LONGEST_WAIT_SECONDS, timeout.toSeconds()));
    }

    /** @param parameters strings, for names after a colon in the statement */
    QueryClient.Result run(String sql, Map<String, String> parameters) {
        JsonObject request = new JsonObject();
        request.addProperty("warehouse_id", warehouse);
        request.addProperty("statement", sql);
        request.addProperty("wait_timeout", waitSeconds + "s");
        request.addProperty("on_wait_timeout", "CANCEL");
        request.addProperty("disposition", "INLINE");
        request.addProperty("format", "JSON_ARRAY");
        JsonArray values = new JsonArray();
        parameters.forEach((name, value) -> {
            JsonObject parameter = new JsonObject();
            parameter.addProperty("name", name);
            parameter.addProperty("value", value);
            parameter.addProperty("type", "STRING");
            values.add(parameter);
        });
        request.add("parameters", values);
        Json answer = http.post(statements.newBuilder().addPathSegment("").build(), request, "run a statement");
        failUnlessDone(answer.get("status"));
        List<List<@Nullable Object>> rows =
                new ArrayList<>(QueryClients.rows(answer.get("result").get("data_array")));
        Json next = answer.get("result").get("next_chunk_index");
        while (next.text().isPresent()) {
            Json chunk = http.get(
                    statements
                            .newBuilder()
                            .addPathSegment(answer.need("statement_id"))
                            .addPathSegments("result/chunks")
                            .addPathSegment(next.text().get())
                            .build(),
                    "read the answer of a statement");
            rows.addAll(QueryClients.rows(chunk.get("data_array")));
            next = chunk.get("next_chunk_index");
        }
        return new QueryClient.Result(columns(answer), rows);
    }

    private static List<QueryClient.Column> columns(Json answer) {
        return answer.get("manifest").get("schema").get("columns").list().stream()
                .map(column -> new QueryClient.Column(
                        column.need("name"), column.get("type_text").text().orElse("")))
                .toList();
    }

    private void failUnlessDone(Json status) {
        String state = status.need("state");
        if (state.equals("SUCCEEDED")) {
            return;
        } else if (state.equals("CANCELED")) {
            throw new ConnectorException(
                    FailureCode.TIMED_OUT,
                    "could not run a statement: it did not end within " + waitSeconds + " seconds",
                    "The SQL warehouse may be starting, which can take minutes; try again.");
        }
        String message = status.get("error").get("message").text().orElse(state);
        String upper = message.toUpperCase(Locale.ROOT);
        FailureCode code = FailureCode.FAILED;
        if (upper.contains("INSUFFICIENT_PERMISSIONS") || upper.contains("PERMISSION_DENIED")) {
            code = FailureCode.PERMISSION_DENIED;
        } else if (upper.contains("SCHEMA_NOT_FOUND") || upper.contains("NO_SUCH_CATALOG")) {
            code = FailureCode.NO_SUCH_DATABASE;
        }
        throw new ConnectorException(code, http.line("could not run a statement: " + message));
    }
}
