package dev.headwater.connectors.clickhouse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.headwater.connectors.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stub of ClickHouse's HTTP interface: it checks user, password and database, refuses with ClickHouse's own words, and
 * answers the queries of the driver and of the connector with prepared rows. It understands no SQL.
 */
final class ClickhouseStub {

    static final String USER = "app";
    static final String PASSWORD = "correct horse battery staple";
    static final String DATABASE = "shop";

    private static final Pattern LIMIT = Pattern.compile("limit\\s+(\\d+)");

    private static final List<String> CATALOG_TYPES = List.of(
            "String",
            "String",
            "String",
            "Nullable(String)",
            "String",
            "String",
            "String",
            "UInt8",
            "Nullable(String)",
            "Nullable(UInt64)");

    /** As ClickHouse itself answered for such tables. */
    private static final Object[][] CATALOG = {
        {"big", "VIEW", null, "id", "UInt64", 0, null, null},
        {"orders", "TABLE", "All orders", "id", "UInt64", 0, null, 2},
        {"orders", "TABLE", "All orders", "region", "LowCardinality(String)", 0, null, 1},
        {"orders", "TABLE", "All orders", "total", "Nullable(Decimal(12, 2))", 1, "In euro", null},
        {"orders", "TABLE", "All orders", "made", "DateTime64(3, 'UTC')", 0, null, null},
        {"sums", "MATERIALIZED_VIEW", null, "n", "UInt64", 0, null, null},
    };

    private final HttpServer server;
    private final Queue<String> queries = new ConcurrentLinkedQueue<>();
    private volatile boolean slow;

    private ClickhouseStub(TestCertificates certificates) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            if (certificates == null) {
                server = HttpServer.create(address, 50);
            } else {
                HttpsServer secure = HttpsServer.create(address, 50);
                secure.setHttpsConfigurator(new HttpsConfigurator(certificates.serverContext()));
                server = secure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "clickhouse-stub");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** @param certificates for HTTPS, or null for HTTP */
    static ClickhouseStub start(TestCertificates certificates) {
        return new ClickhouseStub(certificates);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** {@return the queries that it was asked} */
    List<String> queries() {
        return List.copyOf(queries);
    }

    /** Lets the catalog take longer than the server allows. */
    void beSlow() {
        slow = true;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String sql = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            queries.add(sql);
            String credentials = USER + ":" + PASSWORD;
            String expected = "Basic "
                    + java.util.Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
            String database = exchange.getRequestHeaders().getFirst("X-ClickHouse-Database");
            if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                fail(
                        exchange,
                        403,
                        516,
                        USER + ": Authentication failed: password is incorrect, or there is no user with"
                                + " such name. (AUTHENTICATION_FAILED) (version 26.7.2.1)");
            } else if (database != null && !database.equals(DATABASE)) {
                fail(exchange, 404, 81, "Database not_there does not exist. (UNKNOWN_DATABASE) (version 26.7.2.1)");
            } else if (slow && sql.contains("system.tables")) {
                fail(exchange, 408, 159, "Timeout exceeded: elapsed 1 s. (TIMEOUT_EXCEEDED) (version 26.7.2.1)");
            } else {
                answer(exchange, sql);
            }
        }
    }

    private static void fail(HttpExchange exchange, int status, int code, String message) throws IOException {
        exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", Integer.toString(code));
        send(exchange, status, ("Code: " + code + ". DB::Exception: " + message).getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, String sql) throws IOException {
        RowBinary rows;
        if (sql.contains("system.tables")) {
            rows = catalog(sql);
        } else if (sql.contains("'ClickHouse '")) {
            rows = new RowBinary(List.of("String")).row("ClickHouse 26.7.2.1");
        } else if (sql.contains("timezone()")) {
            rows = new RowBinary(List.of("String", "String", "String")).row(USER, "UTC", "26.7.2.1");
        } else {
            rows = new RowBinary(List.of("String")).row(USER);
        }
        exchange.getResponseHeaders().set("X-ClickHouse-Format", "RowBinaryWithNamesAndTypes");
        exchange.getResponseHeaders().set("X-ClickHouse-Timezone", "UTC");
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        send(exchange, 200, rows.bytes());
    }

    private static RowBinary catalog(String sql) {
        Matcher limit = LIMIT.matcher(sql);
        long tables = limit.find() ? Long.parseLong(limit.group(1)) : 0;
        RowBinary rows = new RowBinary(CATALOG_TYPES);
        String last = "";
        for (Object[] row : CATALOG) {
            if (!last.equals(row[0]) && tables-- == 0) {
                break;
            }
            last = (String) row[0];
            Object[] whole = new Object[CATALOG_TYPES.size()];
            whole[0] = DATABASE;
            System.arraycopy(row, 0, whole, 1, 5);
            whole[6] = row[4];
            System.arraycopy(row, 5, whole, 7, 3);
            rows.row(whole);
        }
        return rows;
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
