package dev.headwater.connectors.snowflake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.headwater.connectors.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import net.snowflake.client.jdbc.internal.fasterxml.jackson.databind.JsonNode;
import net.snowflake.client.jdbc.internal.fasterxml.jackson.databind.ObjectMapper;
import net.snowflake.client.jdbc.internal.fasterxml.jackson.databind.node.ArrayNode;
import net.snowflake.client.jdbc.internal.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A stub of Snowflake's service: logins with a password or a signed token, and queries, which H2 answers over tables that
 * look like the information schema. What Snowflake itself makes of a query, it cannot tell.
 */
final class SnowflakeStub {

    static final String USER = "app";
    static final String PASSWORD = "correct horse battery staple";
    static final String DATABASE = "SHOP";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpsServer server;
    private final SnowflakeTables tables = new SnowflakeTables();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private volatile PublicKey publicKey;
    private volatile String schema = "PUBLIC";

    private SnowflakeStub(TestCertificates certificates) {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.serverContext()));
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "snowflake-stub");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    static SnowflakeStub start(TestCertificates certificates) {
        return new SnowflakeStub(certificates);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The key that tokens are to be signed with. */
    void publicKey(PublicKey key) {
        publicKey = key;
    }

    /** {@return what it was asked, as paths} */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(path);
            JsonNode request = body(exchange);
            ObjectNode answer = switch (path) {
                case "/session/v1/login-request" -> login(request.path("data"), query(exchange));
                case "/queries/v1/query-request" ->
                    answer(request.path("sqlText").asText());
                default -> success();
            };
            byte[] bytes = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String query(HttpExchange exchange) {
        return "&" + exchange.getRequestURI().getQuery() + "&";
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream in = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            byte[] bytes = in.readAllBytes();
            return bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
        }
    }

    private static ObjectNode success() {
        ObjectNode answer =
                JSON.createObjectNode().put("success", true).putNull("code").putNull("message");
        answer.putObject("data");
        return answer;
    }

    private static ObjectNode failure(int code, String state, String message) {
        ObjectNode answer = JSON.createObjectNode()
                .put("success", false)
                .put("code", Integer.toString(code))
                .put("message", message);
        answer.putObject("data").put("errorCode", Integer.toString(code)).put("sqlState", state);
        return answer;
    }

    private ObjectNode login(JsonNode data, String query) {
        boolean token = data.path("AUTHENTICATOR").asText().equalsIgnoreCase("snowflake_jwt");
        if (token && !signed(data.path("TOKEN").asText())) {
            return failure(390_144, "08001", "JWT token is invalid.");
        } else if (!token
                && !(data.path("LOGIN_NAME").asText().equals(USER)
                        && data.path("PASSWORD").asText().equals(PASSWORD))) {
            return failure(390_100, "08001", "Incorrect username or password was specified.");
        } else if (!query.contains("&databaseName=" + DATABASE + "&")) {
            return failure(390_201, "08004", "The requested database does not exist or not authorized.");
        }
        schema = query.contains("&schemaName=") ? query.replaceAll(".*&schemaName=([^&]*)&.*", "$1") : "PUBLIC";
        ObjectNode answer = success();
        ObjectNode session = (ObjectNode) answer.path("data");
        session.put("token", "session-token").put("masterToken", "master-token");
        session.put("validityInSeconds", 3600).put("masterValidityInSeconds", 14_400);
        session.put("displayUserName", USER).put("serverVersion", "9.31.0").put("sessionId", 7);
        session.putArray("parameters").addObject().put("name", "AUTOCOMMIT").put("value", true);
        session.putObject("sessionInfo")
                .put("databaseName", DATABASE)
                .put("schemaName", schema)
                .put("warehouseName", "WH")
                .put("roleName", "ANALYST");
        return answer;
    }

    private boolean signed(String token) {
        String[] parts = token.split("\\.");
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(publicKey);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    private ObjectNode answer(String sql) {
        if (!sql.strip().toLowerCase(Locale.ROOT).startsWith("select")) {
            return success();
        }
        ObjectNode answer = success();
        ObjectNode data = (ObjectNode) answer.path("data");
        try (Connection connection = tables.connect();
                ResultSet rows = connection.createStatement().executeQuery(SnowflakeTables.translate(sql, schema))) {
            write(rows, data);
        } catch (SQLException e) {
            return failure(2_003, "42S02", "H2 says: " + e.getMessage());
        }
        return answer;
    }

    private static void write(ResultSet rows, ObjectNode data) throws SQLException {
        data.putArray("parameters");
        ArrayNode types = data.putArray("rowtype");
        int columns = rows.getMetaData().getColumnCount();
        for (int i = 1; i <= columns; i++) {
            int type = rows.getMetaData().getColumnType(i);
            types.addObject()
                    .put("name", "C" + i)
                    .put("type", type == Types.BOOLEAN ? "boolean" : type == Types.INTEGER ? "fixed" : "text")
                    .put("nullable", true)
                    .put("scale", 0)
                    .put("precision", 38)
                    .put("length", 1_000)
                    .put("byteLength", 4_000);
        }
        ArrayNode set = data.putArray("rowset");
        while (rows.next()) {
            ArrayNode row = set.addArray();
            for (int i = 1; i <= columns; i++) {
                row.add(rows.getString(i));
            }
        }
        data.put("total", set.size())
                .put("returned", set.size())
                .put("queryId", "01b")
                .put("queryResultFormat", "json");
        data.put("statementTypeId", 4_096).put("finalDatabaseName", DATABASE).put("sqlState", "00000");
    }
}
