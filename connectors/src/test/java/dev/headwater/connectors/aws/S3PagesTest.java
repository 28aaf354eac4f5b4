package dev.headwater.connectors.aws;

import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.headwater.connectors.Connectors;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** On a stub of two operations of S3, which lists 2,500 objects, and refuses to give some of them. */
@DisplayName("The schema of a large bucket, on a stub,")
class S3PagesTest {

    private static final int OBJECTS = 2_500;
    private static final int PAGE = 1_000;
    private static final Pattern TOKEN = Pattern.compile("continuation-token=(\\d+)");
    private static final Pattern MAX = Pattern.compile("max-keys=(\\d+)");

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", S3PagesTest::serve);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getQuery();
            if (query != null && query.contains("list-type=2")) {
                answer(exchange, 200, "application/xml", list(query));
            } else {
                String path = exchange.getRequestURI().getPath();
                give(exchange, path.substring(path.lastIndexOf('/') + 1));
            }
        }
    }

    private static String list(String query) {
        int first = number(TOKEN, query, 0);
        int end = Math.min(OBJECTS, first + Math.min(PAGE, number(MAX, query, PAGE)));
        StringBuilder xml = new StringBuilder("<ListBucketResult><IsTruncated>" + (end < OBJECTS) + "</IsTruncated>");
        for (int i = first; i < end; i++) {
            xml.append("<Contents><Key>").append(key(i)).append("</Key><Size>7</Size></Contents>");
        }
        return xml.append("<NextContinuationToken>" + end + "</NextContinuationToken></ListBucketResult>")
                .toString();
    }

    private static int number(Pattern pattern, String query, int otherwise) {
        Matcher matcher = pattern.matcher(query);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
    }

    /** The first files are tables, in all ways in which they can be refused; the others are none. */
    private static String key(int i) {
        return switch (i) {
            case 0 -> "a-gone.csv";
            case 1 -> "b-archived.csv";
            case 2 -> "c-shorter.csv";
            case 3 -> "d-denied.csv";
            case 4 -> "e-good.csv";
            default -> "dir/%04d.txt".formatted(i);
        };
    }

    private static void give(HttpExchange exchange, String key) throws IOException {
        switch (key) {
            case "a-gone.csv" -> refuse(exchange, 404, "NoSuchKey");
            case "b-archived.csv" -> refuse(exchange, 403, "InvalidObjectState");
            case "c-shorter.csv" -> refuse(exchange, 416, "InvalidRange");
            case "d-denied.csv" -> refuse(exchange, 403, "AccessDenied");
            default -> answer(exchange, 206, "text/csv", "a,b\n1,2");
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        answer(exchange, status, "application/xml", "<Error><Code>" + code + "</Code><Message>no</Message></Error>");
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private TableList read(int maxTables, Map<String, Object> changes) {
        Map<String, Object> config = new LinkedHashMap<>(changes);
        config.put("bucket", "large");
        config.put("region", "us-east-1");
        config.put("access_key_id", AwsStub.KEY_ID);
        config.put("secret_access_key", SecretValue.of(AwsStub.SECRET));
        config.put("endpoint_url", "http://127.0.0.1:" + server.getAddress().getPort());
        try (ConnectorSession session = Connectors.s3().open(target("s3", config))) {
            return session.readTables(maxTables, count -> {});
        }
    }

    @Test
    @DisplayName("goes on to the last page, and says when it ends before")
    void pages() {
        TableList all = read(OBJECTS, Map.of());
        assertThat(all.truncated()).isFalse();
        assertThat(all.tables()).hasSize(OBJECTS);
        assertThat(all.tables().get(OBJECTS - 1).name()).isEqualTo("dir/2499.txt");
        assertThat(read(PAGE, Map.of()).truncated()).isTrue();
        assertThat(read(2, Map.of("table_level", "Folder")).truncated()).isFalse();
    }

    @Test
    @DisplayName(
            "has the names of files that are archived, denied, or gone since they were listed, and the columns of the others")
    void unreadable() {
        for (TableSchema table : read(5, Map.of()).tables()) {
            assertThat(table.columns())
                    .as(table.name())
                    .extracting(ColumnSchema::name)
                    .isEqualTo(table.name().equals("e-good.csv") ? List.of("a", "b") : List.of());
        }
    }
}
