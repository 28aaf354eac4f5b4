package dev.headwater.store.jdbc.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One MySQL server for all tests of a JVM, with a new database for whoever asks. Its directory is in the property
 * {@code mysql.home}.
 */
public final class MysqlServer {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private MysqlServer() {}

    /** Starts with the first use, and ends with its standard input, when the JVM does. */
    private static final class Running {

        static final String ADDRESS = "//127.0.0.1:" + start() + "/";

        private static int start() {
            try {
                int port = freePort();
                Path directory = Files.createTempDirectory("mysql");
                Path user = Files.write(
                        directory.resolve("user.sql"),
                        List.of("create user root@'%' identified by '';", "grant all on *.* to root@'%';"));
                Process process = new ProcessBuilder(
                                Path.of(System.getProperty("mysql.home"), "serve")
                                        .toString(),
                                Integer.toString(port),
                                "--init-file=" + user)
                        .directory(directory.toFile())
                        .redirectError(directory.resolve("log.txt").toFile())
                        .start();
                if (process.inputReader().readLine() == null) {
                    throw new IllegalStateException("MySQL did not start; see " + directory);
                }
                return port;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }

    /** Makes a database. {@return what follows {@code jdbc:mariadb:} or {@code jdbc:mysql:}, for user root without a password} */
    public static String newDatabase() {
        String name = "headwater_" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:mariadb:" + Running.ADDRESS + "?sslMode=disable", "root", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Running.ADDRESS + name;
    }
}
