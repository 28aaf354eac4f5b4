package dev.headwater.store.jdbc.support;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.headwater.store.jdbc.JdbcStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** A database with the store's tables, and a pool on it as a host would have one. */
public final class TestDatabase implements AutoCloseable {

    private static final List<String> TABLES = List.of(
            "hw_environment",
            "hw_commit",
            "hw_data_source",
            "hw_label",
            "hw_sealed_secret",
            "hw_schema_snapshot",
            "hw_deployment",
            "hw_task");

    private final String url;
    private final String user;
    private final HikariDataSource pool;

    private TestDatabase(String url, String user) {
        this.url = url;
        this.user = user;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword("");
        config.setMaximumPoolSize(10);
        this.pool = new HikariDataSource(config);
        JdbcStore.builder().dataSource(pool).open().close();
    }

    public static TestDatabase h2Memory() {
        return new TestDatabase("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa");
    }

    public static TestDatabase h2File(Path directory) {
        return new TestDatabase(h2FileUrl(directory), "sa");
    }

    public static String h2FileUrl(Path directory) {
        return "jdbc:h2:file:" + directory.resolve("headwater").toAbsolutePath();
    }

    public static TestDatabase postgres() {
        return new TestDatabase(PostgresServer.newDatabase(), "postgres");
    }

    public static TestDatabase mariaDb() {
        return new TestDatabase("jdbc:mariadb:" + MariaDbServer.newDatabase() + "?sslMode=disable", "root");
    }

    /** MariaDB by MySQL's own driver. */
    public static TestDatabase mariaDbByConnectorJ() {
        return new TestDatabase("jdbc:mysql:" + MariaDbServer.newDatabase(), "root");
    }

    public static TestDatabase mysql() {
        return new TestDatabase("jdbc:mariadb:" + MysqlServer.newDatabase() + "?sslMode=disable", "root");
    }

    /** MySQL by its own driver. */
    public static TestDatabase mysqlByConnectorJ() {
        return new TestDatabase("jdbc:mysql:" + MysqlServer.newDatabase(), "root");
    }

    public String url() {
        return url;
    }

    public String user() {
        return user;
    }

    public DataSource dataSource() {
        return pool;
    }

    public HikariDataSource pool() {
        return pool;
    }

    /** Opens a store on the host's pool. */
    public JdbcStore open() {
        return JdbcStore.builder().dataSource(pool).migrate(false).open();
    }

    /** Empties all tables. */
    public void clear() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute("DELETE FROM " + table);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
