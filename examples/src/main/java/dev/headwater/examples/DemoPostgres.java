package dev.headwater.examples;

import dev.headwater.core.EncryptionKeys;
import dev.headwater.spi.SecretValue;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A real PostgreSQL, which has a database for the service's own tables and another, {@code shop}, that a customer brings.
 * The customer's user has to give a password.
 */
final class DemoPostgres implements AutoCloseable {

    static final String USER = "reporting";

    private static final String ADMIN = "postgres";

    private static final String WHO_GETS_IN = """
            host all postgres  127.0.0.1/32 trust
            host all all       127.0.0.1/32 scram-sha-256
            """;

    private static final String SHOP = """
            create table purchase (
                id       integer primary key,
                customer text not null,
                product  text not null,
                price    numeric(8, 2) not null
            );
            comment on table purchase is 'What customers bought';
            insert into purchase values
                (1, 'Ada', 'kettle', 39.90), (2, 'Ada', 'teapot', 24.50), (3, 'Grace', 'kettle', 39.90),
                (4, 'Edsger', 'grinder', 119.00), (5, 'Grace', 'grinder', 119.00), (6, 'Ada', 'kettle', 37.90);
            """;

    private final EmbeddedPostgres server;
    private final SecretValue password = EncryptionKeys.generateKey();

    private DemoPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts it on a free port of the loopback interface. */
    static DemoPostgres start(Path directory) throws IOException, SQLException {
        Path work = Files.createDirectories(directory).toAbsolutePath();
        Path hba = Files.writeString(work.resolve("pg_hba.conf"), WHO_GETS_IN);
        DemoPostgres postgres = new DemoPostgres(EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(work.toFile())
                .setServerConfig("hba_file", hba.toString())
                .setServerConfig("unix_socket_directories", "")
                .start());
        postgres.run(ADMIN, "create database headwater");
        postgres.run(ADMIN, "create database shop");
        postgres.run("shop", SHOP);
        postgres.run("shop", "create user " + USER + " password '" + postgres.password.reveal() + "'");
        postgres.run("shop", "grant select on purchase to " + USER);
        return postgres;
    }

    /** {@return the service's own database} */
    DataSource headwater() {
        return server.getDatabase(ADMIN, "headwater");
    }

    int port() {
        return server.getPort();
    }

    /** {@return the password of the customer's user} */
    SecretValue password() {
        return password;
    }

    private void run(String database, String sql) throws SQLException {
        try (Connection connection = server.getDatabase(ADMIN, database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
