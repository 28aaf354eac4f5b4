package dev.headwater.connectors.rest;

import com.google.gson.JsonObject;
import dev.headwater.connectors.KindFixture;
import dev.headwater.connectors.internal.rest.RestConnector;
import dev.headwater.connectors.internal.spanner.SpannerKind;
import dev.headwater.connectors.rest.HttpStub.Asked;
import dev.headwater.connectors.rest.HttpStub.Reply;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.Connector;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A stub of Spanner's REST API (https://cloud.google.com/spanner/docs/reference/rest), and the real connector, told where it
 * is. It has no engine: it knows the connector's queries by their texts.
 */
public final class SpannerFixture implements KindFixture {

    private static final String DATABASE = "/v1/projects/" + GoogleStub.PROJECT + "/instances/main/databases/shop";
    private static final Pattern LIMIT = Pattern.compile("limit (\\d+)");
    private static final String[][] ROWS = {
        {"", "lines", "BASE TABLE", "order_id", "INT64", "NO", "1"},
        {"", "lines", "BASE TABLE", "number", "INT64", "NO", "2"},
        {"", "lines", "BASE TABLE", "prices", "ARRAY<NUMERIC>", "YES", null},
        {"", "totals", "VIEW", "total", "FLOAT64", "YES", null},
        {"raw", "empty", "BASE TABLE", null, null, null, null},
    };

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Set<String> SESSIONS = ConcurrentHashMap.newKeySet();
    private static final GoogleStub GOOGLE =
            new GoogleStub("https://www.googleapis.com/auth/spanner.data", SpannerFixture::answer);

    static HttpStub stub() {
        return GOOGLE.http();
    }

    /** {@return the sessions that were not ended} */
    static Set<String> sessions() {
        return SESSIONS;
    }

    static Reply answer(Asked asked) {
        if (!asked.path().startsWith(DATABASE + "/sessions")) {
            return GoogleStub.error(404, "NOT_FOUND", "Database not found");
        }
        String session = asked.path().substring(1).split(":")[0].substring(3);
        if (asked.path().equals(DATABASE + "/sessions") && asked.method().equals("POST")) {
            String name = (DATABASE + "/sessions/s" + NUMBER.incrementAndGet()).substring(4);
            SESSIONS.add(name);
            return Reply.json("{\"name\":\"" + name + "\"}");
        } else if (!SESSIONS.contains(session)) {
            return GoogleStub.error(404, "NOT_FOUND", "Session not found");
        } else if (asked.method().equals("DELETE")) {
            SESSIONS.remove(session);
            return Reply.json("{}");
        }
        return asked.path().endsWith(":executeSql")
                ? execute(asked.json())
                : GoogleStub.error(404, "NOT_FOUND", "No such method");
    }

    private static Reply execute(JsonObject request) {
        String sql = request.get("sql").getAsString();
        if (sql.equals("select 1")) {
            return result(Stream.<String[]>of(new String[] {"1"}));
        }
        Matcher limit = LIMIT.matcher(sql);
        if (!sql.contains("information_schema.tables") || !limit.find()) {
            return GoogleStub.error(400, "INVALID_ARGUMENT", "Syntax error: Unexpected end of script");
        }
        Set<String> tables = new HashSet<>();
        int most = Integer.parseInt(limit.group(1));
        return result(
                Stream.of(ROWS).filter(row -> tables.contains(row[1]) || (tables.size() < most && tables.add(row[1]))));
    }

    private static Reply result(Stream<String[]> rows) {
        return Reply.json(
                "{\"metadata\":{\"rowType\":{\"fields\":[{\"name\":\"x\",\"type\":{\"code\":\"INT64\"}}]}},\"rows\":["
                        + rows.map(row ->
                                        Stream.of(row).map(HttpStub::quoted).collect(Collectors.joining(",", "[", "]")))
                                .collect(Collectors.joining(","))
                        + "]}");
    }

    @Override
    public String kind() {
        return "spanner";
    }

    @Override
    public Connector connector() {
        return new RestConnector(new SpannerKind(GoogleStub.api()));
    }

    @Override
    public Map<String, Object> workingConfig() {
        Map<String, Object> config = GOOGLE.config();
        config.put("instance", "main");
        config.put("database", "shop");
        return config;
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                null,
                "lines",
                TableType.TABLE,
                null,
                List.of(
                        new ColumnSchema("order_id", "INT64", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("number", "INT64", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("prices", "ARRAY<NUMERIC>", CanonicalType.ARRAY, true, null)),
                List.of("order_id", "number"));
    }

    @Override
    public Optional<Map<String, Object>> wrongCredentials(String secret) {
        return Optional.of(GOOGLE.wrongCredentials(secret));
    }

    @Override
    public Optional<Map<String, Object>> atPort(int port) {
        return Optional.of(GoogleStub.at(port));
    }
}
