package dev.headwater.connectors.mysql;

import dev.headwater.connectors.ServerProcess;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.spi.SecretValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A real MySQL 8.0 with TLS, and passwords as it has them unless told otherwise; one for all tests of the JVM. Its
 * directory is in the property {@code mysql.home}.
 */
final class MysqlServer {

    static final String USER = "app";
    static final String PASSWORD = "mysql horse battery staple";

    /** The user may do all in databases whose name begins so. */
    static final String DATABASE = "shop";

    /** The password of the user planted, which no driver has seen before a test uses it. */
    static final String PLANTED = "pl4nted in mysql";

    private static final String ADMIN = "admin";
    private static final String ADMIN_PASSWORD = "admin";

    private static MysqlServer running;

    private final int port = ServerProcess.freePort();

    private MysqlServer() {
        ServerProcess.startProgram(List.of(
                Path.of(System.getProperty("mysql.home"), "serve").toString(),
                Integer.toString(port),
                "--init-file=" + setUp(),
                "--ssl-cert=" + TestCertificates.trusted().serverCertificate(),
                "--ssl-key=" + TestCertificates.trusted().serverKey()));
        run(
                "create database shop",
                "create database hidden",
                "create user app@'%' identified by '" + PASSWORD + "'",
                "grant all on `shop%`.* to app@'%'",
                "create user locked@'%' identified by '" + PASSWORD + "' account lock",
                "create user limited@'%' identified by '" + PASSWORD + "' with max_connections_per_hour 1",
                "create user expired@'%' identified by '" + PASSWORD + "' password expire",
                "create user old@'%' identified with mysql_native_password by '" + PASSWORD + "'",
                "create user sha256@'%' identified with sha256_password by '" + PASSWORD + "'",
                "create user certificate@'%' identified by '" + PASSWORD + "' require x509");
    }

    static synchronized MysqlServer get() {
        if (running == null) {
            running = new MysqlServer();
        }
        return running;
    }

    /** What only an administrator can do, whom the server does not have yet. */
    private static Path setUp() {
        try {
            return Files.write(
                    Files.createTempFile("mysql", ".sql"),
                    List.of(
                            "create user " + ADMIN + "@'%' identified by '" + ADMIN_PASSWORD + "';",
                            "grant all on *.* to " + ADMIN + "@'%' with grant option;",
                            "create user planted@'%' identified by '" + PLANTED + "';"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a config that works, to which a test may add} */
    Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("host", TestCertificates.SERVER_NAME);
        config.put("port", (long) port);
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

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.put("user", ADMIN);
        properties.put("password", ADMIN_PASSWORD);
        return DriverManager.getConnection(
                "jdbc:mariadb://" + TestCertificates.SERVER_NAME + ":" + port + "/?sslMode=verify-full", properties);
    }
}
