package dev.headwater.connectors.trino;

import dev.headwater.connectors.ServerProcess;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.spi.SecretValue;
import io.trino.jdbc.TrinoDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A real Trino with TLS and a password, one for all tests of the JVM, in a JVM of its own. */
final class TrinoProcess {

    static final String USER = "app";
    static final String PASSWORD = "correct horse battery staple";
    static final String CATALOG = "memory";

    private static TrinoProcess trusted;

    private final int tlsPort;
    private final int plainPort;

    private TrinoProcess(TestCertificates certificates) {
        String ports = ServerProcess.start(
                "dev.headwater.testservers.trino.TrinoServer",
                List.of("-Xmx700m"),
                List.of(certificates.serverKeyStore().toString(), TestCertificates.PASSWORD, USER, PASSWORD));
        tlsPort = Integer.parseInt(ports.split(" ")[0]);
        plainPort = Integer.parseInt(ports.split(" ")[1]);
    }

    /** The server whose certificate the JVM trusts. */
    static synchronized TrinoProcess get() {
        if (trusted == null) {
            trusted = new TrinoProcess(TestCertificates.trusted());
        }
        return trusted;
    }

    int tlsPort() {
        return tlsPort;
    }

    int plainPort() {
        return plainPort;
    }

    /** {@return a config that works, to which a test may add} */
    Map<String, Object> config(String schema) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("host", TestCertificates.SERVER_NAME);
        config.put("port", (long) tlsPort);
        config.put("catalog", CATALOG);
        config.put("schema", schema);
        config.put("username", USER);
        config.put("password", SecretValue.of(PASSWORD));
        config.put("extraProperties.SSL", "true");
        return config;
    }

    /** Runs statements, without a password. */
    void run(String... statements) {
        Properties properties = new Properties();
        properties.setProperty("user", "filler");
        try (Connection connection =
                        new TrinoDriver().connect("jdbc:trino://localhost:" + plainPort + "/" + CATALOG, properties);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
