package dev.headwater.connectors.clickhouse;

import com.clickhouse.client.api.internal.CompressedBlockOutputStream;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import net.jpountz.lz4.LZ4Factory;

/**
 * Serves the engine of ClickHouse on the loopback interface until standard input ends, which it does when the JVM that
 * started it is gone.
 *
 * <p>What is real is the engine: SQL, types, catalog, settings, errors and formats. What is ours is HTTP with its
 * parameters, the only user with its password, and the status of a refusal
 * (https://clickhouse.com/docs/interfaces/http). Blocks are compressed by the code with which the driver compresses what
 * it sends.
 *
 * <p>Arguments: the library of chDB, a PKCS #12 file with the server's key, its password, the user and its password. Once
 * it serves, it prints one line with the ports with and without TLS.
 */
public final class ChdbServerMain {

    /** Parameters that are no settings. */
    private static final Set<String> OWN_PARAMETERS =
            Set.of("query", "query_id", "database", "default_format", "compress", "decompress");

    private static final Set<Integer> NOT_FOUND = Set.of(46, 47, 60, 81, 115);
    private static final Set<Integer> BAD_REQUEST = Set.of(27, 36, 43, 53, 62, 70);

    private final ChdbEngine engine;
    private final String user;
    private final String credentials;
    private final String version;
    private final String zone;

    private ChdbServerMain(ChdbEngine engine, String user, String password) throws ChdbEngine.ChdbException {
        this.engine = engine;
        this.user = user;
        this.credentials =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        this.version = ask("select version()");
        this.zone = ask("select timezone()");
    }

    public static void main(String[] arguments) throws IOException, GeneralSecurityException, ChdbEngine.ChdbException {
        ChdbEngine engine = new ChdbEngine(
                Path.of(arguments[0]), Files.createTempDirectory("chdb").resolve("data"));
        ChdbServerMain main = new ChdbServerMain(engine, arguments[3], arguments[4]);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpsServer secured = HttpsServer.create(anyPort, 0);
        secured.setHttpsConfigurator(new HttpsConfigurator(tls(Path.of(arguments[1]), arguments[2].toCharArray())));
        HttpServer plain = HttpServer.create(anyPort, 0);
        for (HttpServer server : List.of(secured, plain)) {
            server.setExecutor(Executors.newCachedThreadPool());
            server.createContext("/", main::serve);
            server.start();
        }
        System.out.println(
                secured.getAddress().getPort() + " " + plain.getAddress().getPort());
        while (System.in.read() >= 0) {
            // What it says does not matter, only that it ends.
        }
        Runtime.getRuntime().halt(0);
    }

    private static SSLContext tls(Path keyStore, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private String ask(String sql) throws ChdbEngine.ChdbException {
        return new String(engine.query("default", Map.of(), sql, "TSV"), StandardCharsets.UTF_8).strip();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String sql = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (credentials.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, sql);
            } else {
                refuse(
                        exchange,
                        516,
                        "Code: 516. DB::Exception: " + user + ": Authentication failed: password is incorrect, or there"
                                + " is no user with such name. (AUTHENTICATION_FAILED)");
            }
        }
    }

    private void answer(HttpExchange exchange, String sql) throws IOException {
        Map<String, String> parameters =
                parameters(Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""));
        String database = named(exchange, "X-ClickHouse-Database", parameters.getOrDefault("database", "default"));
        String format =
                named(exchange, "X-ClickHouse-Format", parameters.getOrDefault("default_format", "TabSeparated"));
        Map<String, String> settings = new LinkedHashMap<>(parameters);
        settings.keySet().removeAll(OWN_PARAMETERS);
        byte[] rows;
        try {
            rows = engine.query(database, settings, parameters.getOrDefault("query", "") + sql, format);
        } catch (ChdbEngine.ChdbException e) {
            refuse(exchange, e.code(), e.getMessage());
            return;
        }
        exchange.getResponseHeaders().set("X-ClickHouse-Format", format);
        exchange.getResponseHeaders().set("X-ClickHouse-Timezone", zone);
        send(exchange, 200, "1".equals(parameters.get("compress")) ? compressed(rows) : rows);
    }

    private static String named(HttpExchange exchange, String header, String otherwise) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(header), otherwise);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(parameter.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static byte[] compressed(byte[] rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new CompressedBlockOutputStream.LZ4OutputStream(
                bytes, LZ4Factory.fastestJavaInstance().fastCompressor(), 1 << 20)) {
            out.write(rows);
        }
        return bytes.toByteArray();
    }

    private void refuse(HttpExchange exchange, int code, String message) throws IOException {
        int status = 500;
        if (code == 497 || code == 516) {
            status = 403;
        } else if (NOT_FOUND.contains(code)) {
            status = 404;
        } else if (BAD_REQUEST.contains(code)) {
            status = 400;
        }
        exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", Integer.toString(code));
        send(
                exchange,
                status,
                (message + " (version " + version + " (official build))\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
