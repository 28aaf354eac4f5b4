package dev.headwater.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server on this machine. {@link Benchmarks} starts one and tells its forks the port; a fork that was told
 * none starts its own.
 */
final class Postgres implements AutoCloseable {

    static final String PORT_PROPERTY = "headwater.benchmarks.postgres.port";

    private final int port;
    private final @Nullable EmbeddedPostgres own;

    private Postgres(int port, @Nullable EmbeddedPostgres own) {
        this.port = port;
        this.own = own;
    }

    static Postgres start() {
        // where the server's files are unpacked once and for all; its data are deleted at its end
        Path directory = Path.of(System.getProperty("java.io.tmpdir"), "headwater-benchmarks");
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(
                            Files.createDirectories(directory).toFile())
                    .start();
            return new Postgres(server.getPort(), server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server that this process was told of, or a new one. */
    static Postgres connect() {
        Integer told = Integer.getInteger(PORT_PROPERTY);
        return told == null ? start() : new Postgres(told, null);
    }

    int port() {
        return port;
    }

    /** The JDBC URL of a database, which is made if it is not there. */
    String database(String name) {
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            boolean there;
            try (var rows = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
                there = rows.next();
            }
            if (!there) {
                statement.execute("CREATE DATABASE " + name);
            }
            return url(name);
        } catch (SQLException e) {
            throw new IllegalStateException("no database " + name, e);
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
    }

    void drop(String name) {
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " stays", e);
        }
    }

    @Override
    public void close() {
        if (own != null) {
            try {
                own.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
