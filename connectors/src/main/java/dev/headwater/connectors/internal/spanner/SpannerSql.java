package dev.headwater.connectors.internal.spanner;

import com.google.gson.JsonObject;
import dev.headwater.connectors.QueryClient;
import dev.headwater.connectors.internal.rest.Json;
import dev.headwater.connectors.internal.rest.QueryClients;
import dev.headwater.connectors.internal.rest.RestClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session of Spanner, in which read-only queries run:
 * https://cloud.google.com/spanner/docs/reference/rest/v1/projects.instances.databases.sessions. It takes answers of up to 10
 * MB.
 */
final class SpannerSql implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpannerSql.class);

    private final RestClient http;
    private final HttpUrl session;
    private boolean closed;

    private SpannerSql(RestClient http, HttpUrl session) {
        this.http = http;
        this.session = session;
    }

    static SpannerSql open(RestClient http, HttpUrl database) {
        HttpUrl sessions = database.newBuilder().addPathSegment("sessions").build();
        String name = http.post(sessions, new JsonObject(), "open a session").need("name");
        String id = name.substring(name.lastIndexOf('/') + 1);
        if (id.isEmpty() || !id.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_')) {
            throw new ConnectorException(FailureCode.WRONG_SERVER, "the session has a name that none can have");
        }
        return new SpannerSql(http, sessions.newBuilder().addPathSegment(id).build());
    }

    QueryClient.Result run(String sql) {
        JsonObject request = new JsonObject();
        request.addProperty("sql", sql);
        Json answer = http.post(
                session.newBuilder()
                        .setPathSegment(session.pathSize() - 1, last() + ":executeSql")
                        .build(),
                request,
                "run a query");
        List<QueryClient.Column> columns = new ArrayList<>();
        for (Json field : answer.get("metadata").get("rowType").get("fields").list()) {
            columns.add(new QueryClient.Column(
                    field.get("name").text().orElse(""), field.get("type").need("code")));
        }
        return new QueryClient.Result(columns, QueryClients.rows(answer.get("rows")));
    }

    private String last() {
        return session.pathSegments().get(session.pathSize() - 1);
    }

    /** Spanner ends sessions that are not used, so one that cannot be ended is left. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            http.delete(session, "end the session");
        } catch (ConnectorException e) {
            LOG.debug("a session was not ended: {}", e.failure());
        }
    }
}
