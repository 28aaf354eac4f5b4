package dev.headwater.connectors.rest;

import dev.headwater.connectors.KindFixture;
import dev.headwater.connectors.internal.firebolt.FireboltKind;
import dev.headwater.connectors.internal.firebolt.FireboltSites;
import dev.headwater.connectors.internal.rest.RestConnector;
import dev.headwater.connectors.rest.HttpStub.Asked;
import dev.headwater.connectors.rest.HttpStub.Reply;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.Connector;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * A stub of Firebolt's token server, of its account API, of the system engine and of one engine, and the real connector, told
 * where they are. It has no engine of its own: it knows the connector's queries by their texts.
 */
public final class FireboltFixture implements KindFixture {

    static final String SECRET = "stub-client-secret";
    static final String TOKEN = "stub-firebolt-token";

    private static final Pattern LIMIT = Pattern.compile("limit (\\d+)");
    private static final Pattern SCHEMA = Pattern.compile("table_schema = '((?:[^']|'')*)'");
    private static final String[][] ROWS = {
        {"public", "orders", "BASE TABLE", "id", "bigint", "NO"},
        {"public", "orders", "BASE TABLE", "tags", "array(text null)", "YES"},
        {"public", "totals", "VIEW", "total", "numeric(38, 9)", "YES"},
        {"raw", "empty", "EXTERNAL", null, null, null},
    };

    private static final HttpStub STUB = new HttpStub(FireboltFixture::answer);

    static HttpStub stub() {
        return STUB;
    }

    private static Reply answer(Asked asked) {
        if (asked.path().equals("/oauth/token")) {
            return token(asked.form());
        } else if (!asked.header("Authorization").equals("Bearer " + TOKEN)) {
            return Reply.of(401, "{\"error\":\"Unauthorized\"}");
        } else if (asked.path().startsWith("/web/v3/account/")) {
            return asked.path().equals("/web/v3/account/acme/engineUrl")
                    ? Reply.json("{\"engineUrl\":\"" + STUB.url().substring(7) + "?account_id=a1\"}")
                    : Reply.of(404, "{\"error\":\"account not found\"}");
        } else if (!asked.param("account_id").equals("a1") || !asked.method().equals("POST")) {
            return Reply.of(400, "account_id is missing");
        }
        return asked.path().equals("/query") ? system(asked) : engine(asked);
    }

    private static Reply token(Map<String, String> form) {
        boolean good = form.equals(Map.of(
                "grant_type", "client_credentials",
                "audience", "https://api.firebolt.io",
                "client_id", "reader",
                "client_secret", SECRET));
        return good
                ? Reply.json("{\"access_token\":\"" + TOKEN + "\",\"token_type\":\"Bearer\",\"expires_in\":86400}")
                : Reply.of(
                        401,
                        "{\"error\":\"access_denied\",\"error_description\":\"Unauthorized " + form.get("client_secret")
                                + "\"}");
    }

    private static Reply system(Asked asked) {
        return switch (asked.body()) {
            case "USE DATABASE \"shop\"" -> new Reply(200, "", Map.of("Firebolt-Update-Parameters", "database=shop"));
            case "USE ENGINE \"small\"" ->
                asked.param("database").equals("shop")
                        ? new Reply(
                                200,
                                "",
                                Map.of(
                                        "Firebolt-Update-Endpoint",
                                        STUB.url().substring(7) + "/engine?engine=small",
                                        "Firebolt-Update-Parameters",
                                        "engine=small"))
                        : Reply.of(400, "no database");
            default ->
                Reply.of(
                        500,
                        "{\"errors\":[{\"description\":\"Database or engine does not exist or not authorized\"}]}");
        };
    }

    private static Reply engine(Asked asked) {
        if (!asked.param("database").equals("shop")
                || !asked.param("engine").equals("small")
                || !asked.param("output_format").equals("JSON_Compact")) {
            return Reply.of(400, "wrong parameters");
        }
        if (asked.body().equals("select version()")) {
            return Reply.json(
                    "{\"meta\":[{\"name\":\"version\",\"type\":\"text\"}],\"data\":[[\"4.21.0\"]],\"rows\":1}");
        } else if (asked.body().equals("select broken")) {
            return Reply.json("{\"errors\":[{\"description\":\"Division by zero\"}]}");
        }
        return asked.body().contains("information_schema.tables")
                ? schema(asked.body())
                : Reply.of(400, "{\"errors\":[{\"description\":\"Line 1: syntax error\"}]}");
    }

    private static Reply schema(String sql) {
        Matcher limit = LIMIT.matcher(sql);
        Matcher schema = SCHEMA.matcher(sql);
        String only = schema.find() ? schema.group(1) : "";
        int tables = limit.find() ? Integer.parseInt(limit.group(1)) : 0;
        StringBuilder rows = new StringBuilder();
        String last = "";
        for (String[] row : ROWS) {
            if (!only.isEmpty() && !only.equals(row[0])) {
                continue;
            }
            tables -= last.equals(row[1]) ? 0 : 1;
            last = row[1];
            if (tables >= 0) {
                rows.append(rows.isEmpty() ? "[" : ",[");
                for (int i = 0; i < row.length; i++) {
                    rows.append(i == 0 ? "" : ",").append(HttpStub.quoted(row[i]));
                }
                rows.append(']');
            }
        }
        return Reply.json("{\"meta\":[],\"data\":[" + rows + "]}");
    }

    @Override
    public String kind() {
        return "firebolt";
    }

    @Override
    public Connector connector() {
        return new RestConnector(new FireboltKind(new FireboltSites(
                config -> HttpUrl.get(config.required(GoogleStub.SITE)),
                config -> HttpUrl.get(config.required(GoogleStub.SITE)),
                address -> address.startsWith("127.0.0.1:") ? HttpUrl.get("http://" + address) : null)));
    }

    @Override
    public Map<String, Object> workingConfig() {
        return Map.of(
                "client_id",
                "reader",
                "client_secret",
                SecretValue.of(SECRET),
                "account",
                "acme",
                "database",
                "shop",
                "engine",
                "small",
                GoogleStub.SITE,
                STUB.url());
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                "public",
                "orders",
                TableType.TABLE,
                null,
                List.of(
                        new ColumnSchema("id", "bigint", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("tags", "array(text null)", CanonicalType.ARRAY, true, null)),
                List.of());
    }

    @Override
    public Optional<Map<String, Object>> wrongCredentials(String secret) {
        return Optional.of(Map.of("client_secret", SecretValue.of(secret)));
    }

    @Override
    public Optional<Map<String, Object>> atPort(int port) {
        return Optional.of(Map.of(GoogleStub.SITE, "http://127.0.0.1:" + port));
    }
}
