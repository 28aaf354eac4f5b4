package dev.headwater.connectors.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.headwater.connectors.KindFixture;
import dev.headwater.connectors.internal.databricks.DatabricksKind;
import dev.headwater.connectors.internal.rest.RestConnector;
import dev.headwater.connectors.rest.HttpStub.Asked;
import dev.headwater.connectors.rest.HttpStub.Reply;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.Connector;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * A stub of Databricks' statement execution API, answers in chunks of two rows, and of its token server; and the real connector,
 * told where it is. It has no engine: it knows the connector's statements by their texts.
 */
public final class DatabricksFixture implements KindFixture {

    static final String TOKEN = "dapi-stub-token";
    static final String SECRET = "dose-stub-secret";

    private static final String BASE = "/api/2.0/sql/statements/";
    private static final Pattern LIMIT = Pattern.compile("limit (\\d+)");
    private static final String[][] ROWS = {
        {"main", "shop", "orders", "MANAGED", "What was sold", "id", "bigint", "NO", "The number"},
        {"main", "shop", "orders", "MANAGED", "What was sold", "tags", "array<string>", "YES", null},
        {"main", "shop", "orders", "MANAGED", "What was sold", "at", "timestamp", "YES", null},
        {"main", "shop", "totals", "VIEW", null, "total", "decimal(10,2)", "YES", null},
        {"main", "raw", "empty", "EXTERNAL", null, null, null, null, null},
    };

    private static final Set<String> SESSIONS = ConcurrentHashMap.newKeySet();

    private static final HttpStub STUB = new HttpStub(DatabricksFixture::usual);

    static Set<String> sessions() {
        return SESSIONS;
    }

    static HttpStub stub() {
        return STUB;
    }

    /** {@return what the stub answers if a test says nothing else} */
    static Reply usual(Asked asked) {
        if (asked.path().equals("/oidc/v1/token")) {
            String basic = Base64.getEncoder().encodeToString(("app-1:" + SECRET).getBytes(StandardCharsets.UTF_8));
            return asked.header("Authorization").equals("Basic " + basic)
                            && asked.form().equals(Map.of("grant_type", "client_credentials", "scope", "all-apis"))
                    ? Reply.json("{\"access_token\":\"" + TOKEN + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}")
                    : Reply.of(
                            401,
                            "{\"error\":\"invalid_client\",\"error_description\":\"Client authentication failed\"}");
        } else if (!asked.header("Authorization").equals("Bearer " + TOKEN)) {
            return Reply.of(
                    401, "{\"error_code\":401,\"message\":\"Credential was not sent or was of an unsupported type\"}");
        } else if (asked.path().contains("/sessions")) {
            return session(asked);
        } else if (asked.path().equals(BASE) && asked.method().equals("POST")) {
            return statement(asked.json());
        } else if (asked.path().startsWith(BASE) && asked.method().equals("DELETE")) {
            return Reply.json("{}");
        } else if (asked.path().startsWith(BASE) && asked.path().contains("/result/chunks/")) {
            String[] parts = asked.path().substring(BASE.length()).split("/");
            return Reply.json(chunk(rows(parts[0]), Integer.parseInt(parts[3])));
        }
        return Reply.of(404, "{\"error_code\":\"ENDPOINT_NOT_FOUND\",\"message\":\"No API found\"}");
    }

    /** The sessions of the vendor's driver; tests and schemas go without. */
    private static Reply session(Asked asked) {
        if (asked.method().equals("DELETE")) {
            SESSIONS.remove(asked.path().substring(asked.path().lastIndexOf('/') + 1));
            return Reply.json("{}");
        } else if (!asked.path().equals("/api/2.0/sql/warehouses/abc123/sessions")) {
            return Reply.of(404, "{\"error_code\":\"NOT_FOUND\",\"message\":\"SQL warehouse was not found\"}");
        }
        String id = UUID.randomUUID().toString();
        SESSIONS.add(id);
        return Reply.json("{\"session_id\":\"" + id + "\"}");
    }

    private static Reply statement(JsonObject request) {
        if (!request.get("warehouse_id").getAsString().equals("abc123")) {
            return Reply.of(404, "{\"error_code\":\"NOT_FOUND\",\"message\":\"SQL warehouse was not found\"}");
        }
        String sql = request.get("statement").getAsString();
        String schema = "";
        for (var parameter : request.has("parameters") ? request.getAsJsonArray("parameters") : new JsonArray()) {
            if (parameter.getAsJsonObject().get("name").getAsString().equals("schema")) {
                schema = parameter.getAsJsonObject().get("value").getAsString();
            }
        }
        Matcher limit = LIMIT.matcher(sql);
        if (sql.startsWith("select current_version()")) {
            return done("v", List.of(List.of("\"2026.20\"")));
        } else if (sql.contains("information_schema.schemata")) {
            return done("v", List.of(List.of(Set.of("shop", "raw").contains(schema) ? "\"1\"" : "\"0\"")));
        } else if (limit.find()) {
            String id = "c-" + limit.group(1) + "-" + schema;
            return done(id, rows(id));
        }
        return Reply.json(
                "{\"statement_id\":\"x\",\"status\":{\"state\":\"FAILED\",\"error\":{\"error_code\":\"BAD_REQUEST\","
                        + "\"message\":\"[PARSE_SYNTAX_ERROR] Syntax error\"}}}");
    }

    private static List<List<String>> rows(String id) {
        String[] parts = id.split("-", -1);
        Set<String> tables = new HashSet<>();
        List<List<String>> rows = new ArrayList<>();
        for (String[] row : ROWS) {
            boolean wanted = parts[2].isEmpty() || parts[2].equals(row[1]);
            if (wanted && (tables.contains(row[2]) || tables.size() < Integer.parseInt(parts[1]))) {
                tables.add(row[2]);
                rows.add(Stream.of(row).map(HttpStub::quoted).toList());
            }
        }
        return rows;
    }

    private static Reply done(String id, List<List<String>> rows) {
        return Reply.json("{\"statement_id\":\"" + id + "\",\"status\":{\"state\":\"SUCCEEDED\"},\"manifest\":{"
                + "\"format\":\"JSON_ARRAY\",\"total_chunk_count\":" + (rows.size() + 1) / 2 + ",\"total_row_count\":"
                + rows.size() + ",\"schema\":{\"column_count\":1,\"columns\":[{\"name\":\"v\",\"type_text\":\"STRING\","
                + "\"type_name\":\"STRING\",\"position\":0}]}},\"result\":"
                + chunk(rows, 0)
                + "}");
    }

    private static String chunk(List<List<String>> rows, int index) {
        int end = Math.min(rows.size(), index * 2 + 2);
        String next = end < rows.size() ? "\"next_chunk_index\":" + (index + 1) + "," : "";
        return "{\"chunk_index\":" + index + "," + next + "\"data_array\":"
                + rows.subList(Math.min(end, index * 2), end).stream()
                        .map(row -> "[" + String.join(",", row) + "]")
                        .collect(Collectors.joining(",", "[", "]"))
                + "}";
    }

    @Override
    public String kind() {
        return "databricks";
    }

    @Override
    public Connector connector() {
        return new RestConnector(new DatabricksKind(config -> HttpUrl.get(config.required(GoogleStub.SITE))));
    }

    @Override
    public Map<String, Object> workingConfig() {
        return Map.of(
                "host",
                "127.0.0.1",
                "http_path",
                "/sql/1.0/warehouses/abc123",
                "access_token",
                SecretValue.of(TOKEN),
                GoogleStub.SITE,
                STUB.url());
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                "main",
                "shop",
                "orders",
                TableType.TABLE,
                "What was sold",
                List.of(
                        new ColumnSchema("id", "bigint", CanonicalType.INTEGER, false, "The number"),
                        new ColumnSchema("tags", "array<string>", CanonicalType.ARRAY, true, null),
                        new ColumnSchema("at", "timestamp", CanonicalType.TIMESTAMP_WITH_ZONE, true, null)),
                List.of());
    }

    @Override
    public Optional<Map<String, Object>> wrongCredentials(String secret) {
        return Optional.of(Map.of("access_token", SecretValue.of(secret)));
    }

    @Override
    public Optional<Map<String, Object>> atPort(int port) {
        return Optional.of(Map.of(GoogleStub.SITE, "http://127.0.0.1:" + port));
    }
}
