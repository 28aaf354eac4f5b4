package dev.headwater.connectors.clickhouse;

import dev.headwater.connectors.ServerProcess;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.spi.SecretValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The engine of ClickHouse behind HTTP, with TLS on one port and without on another; one for all tests of the JVM. */
final class ChdbServer {

    static final String USER = "app";
    static final String PASSWORD = "correct house battery staple";

    private static ChdbServer server;

    private final int tlsPort;
    private final int plainPort;

    private ChdbServer() {
        Path java = Path.of(System.getProperty("java.home"));
        Path library =
                Path.of(System.getProperty("chdb.home"), "node_modules", "@chdb", "lib-linux-x64-gnu", "libchdb.so");
        String ports = ServerProcess.startProgram(List.of(
                // The library handles signals by which the JVM lives:
                // https://docs.oracle.com/en/java/javase/17/vm/signal-chaining.html.
                "env",
                "LD_PRELOAD=" + java.resolve("lib/libjsig.so"),
                java.resolve("bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-Djava.io.tmpdir=.",
                "-Djna.tmpdir=.",
                "-cp",
                System.getProperty("java.class.path"),
                ChdbServerMain.class.getName(),
                library.toString(),
                TestCertificates.trusted().serverKeyStore().toString(),
                TestCertificates.PASSWORD,
                USER,
                PASSWORD));
        tlsPort = Integer.parseInt(ports.split(" ")[0]);
        plainPort = Integer.parseInt(ports.split(" ")[1]);
    }

    static synchronized ChdbServer get() {
        if (server == null) {
            server = new ChdbServer();
        }
        return server;
    }

    int plainPort() {
        return plainPort;
    }

    /** {@return a config that works, to which a test may add} */
    Map<String, Object> config(String database) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("host", TestCertificates.SERVER_NAME);
        config.put("port", (long) tlsPort);
        config.put("database", database);
        config.put("username", USER);
        config.put("password", SecretValue.of(PASSWORD));
        return config;
    }

    /** Runs statements, without the driver. */
    void run(String... statements) {
        String credentials =
                Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        for (String sql : statements) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + plainPort))
                    .header("Authorization", "Basic " + credentials)
                    .POST(HttpRequest.BodyPublishers.ofString(sql))
                    .build();
            try {
                HttpResponse<String> answer =
                        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(sql + ": " + answer.body());
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
