package dev.headwater.connectors;

import dev.headwater.spi.SecretValue;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A real PostgreSQL with TLS and SCRAM, one for all tests of the JVM. Only the administrator, who is not a tested user,
 * gets in without a password.
 */
public final class PostgresServer {

    public static final String USER = "app";
    public static final String PASSWORD = "correct horse battery staple";
    public static final String DATABASE = "orders";

    private static final String ADMIN = "postgres";
    private static final String HBA = """
            host    all  postgres   all  trust
            hostnossl all tls_only  all  reject
            host    all  no_way_in  all  reject
            host    all  clear      all  password
            host    all  md5        all  md5
            host    all  redshift   all  md5
            host    all  all        all  scram-sha-256
            """;

    private static PostgresServer trusted;
    private static PostgresServer strange;
    private static PostgresServer plain;

    private final EmbeddedPostgres server;

    private PostgresServer(TestCertificates certificates) {
        try {
            Path hba = Files.writeString(Files.createTempFile("hba", ".conf"), HBA);
            var builder = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(Files.createTempDirectory("pg").toFile())
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("hba_file", hba.toString());
            if (certificates != null) {
                builder.setServerConfig("ssl", "on")
                        .setServerConfig(
                                "ssl_cert_file",
                                certificates.serverCertificate().toString())
                        .setServerConfig(
                                "ssl_key_file", certificates.serverKey().toString());
            }
            server = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        run(
                ADMIN,
                "create database " + DATABASE,
                "create user " + USER + " password '" + PASSWORD + "'",
                "create user tls_only password '" + PASSWORD + "'",
                "create user no_way_in",
                "create user limited password '" + PASSWORD + "' connection limit 0",
                "create database closed",
                "revoke connect on database closed from public",
                "alter database orders owner to " + USER);
    }

    /** The server whose certificate the JVM trusts. */
    public static synchronized PostgresServer get() {
        if (trusted == null) {
            trusted = new PostgresServer(TestCertificates.trusted());
        }
        return trusted;
    }

    /** A server whose certificate nobody trusts. */
    public static synchronized PostgresServer strange() {
        TestCertificates.trusted();
        if (strange == null) {
            strange = new PostgresServer(TestCertificates.strange());
        }
        return strange;
    }

    /** A server without TLS. */
    public static synchronized PostgresServer plain() {
        if (plain == null) {
            plain = new PostgresServer(null);
        }
        return plain;
    }

    public int port() {
        return server.getPort();
    }

    /** {@return a config that works, to which a test may add} */
    public Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("host", TestCertificates.SERVER_NAME);
        config.put("port", (long) port());
        config.put("database", DATABASE);
        config.put("username", USER);
        config.put("password", SecretValue.of(PASSWORD));
        return config;
    }

    /** Runs statements as the administrator. */
    public void run(String database, String... statements) {
        try (Connection connection = server.getDatabase(ADMIN, database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return a connection of the administrator to the database of the config} */
    public Connection connect() throws SQLException {
        return server.getDatabase(ADMIN, DATABASE).getConnection();
    }

    /** {@return the first column of the first row, as the administrator sees it} */
    public String ask(String sql) {
        try (Connection connection = server.getDatabase(ADMIN, ADMIN).getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
