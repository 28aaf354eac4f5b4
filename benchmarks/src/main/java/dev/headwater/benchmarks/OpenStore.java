package dev.headwater.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.store.jdbc.JdbcStore;
import dev.headwater.store.jdbc.JdbcStoreBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A store and its peer on the same pool of the same database. */
final class OpenStore implements AutoCloseable {

    final DataSourceStore store;
    final RawJdbc raw;
    final RawJdbc rawDriverTimeout;
    final HikariDataSource pool;
    private final @Nullable Postgres postgres;

    private OpenStore(HikariDataSource pool, Engine engine, @Nullable Postgres postgres) {
        this.pool = pool;
        this.postgres = postgres;
        this.store = JdbcStore.builder().dataSource(pool).open();
        this.raw = new RawJdbc(pool, engine, 0);
        this.rawDriverTimeout = new RawJdbc(pool, engine, (int) JdbcStoreBuilder.DEFAULT_QUERY_TIMEOUT.toSeconds());
    }

    /** Opens a database; on PostgreSQL it holds what an earlier fork left there. */
    static OpenStore open(Engine engine, String database) {
        return open(engine, database, false);
    }

    /** Opens a database that holds nothing yet. */
    static OpenStore openEmpty(Engine engine, String database) {
        return open(engine, database, true);
    }

    private static OpenStore open(Engine engine, String database, boolean empty) {
        if (engine == Engine.H2) {
            return new OpenStore(pool("jdbc:h2:mem:" + database, null), engine, null);
        }
        Postgres postgres = Postgres.connect();
        if (empty) {
            postgres.drop(database);
        }
        // both sides have a timeout for statements, which on PostgreSQL the server holds at no cost
        return new OpenStore(pool(postgres.database(database), "SET statement_timeout = 30000"), engine, postgres);
    }

    private static HikariDataSource pool(String url, @Nullable String begin) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setConnectionInitSql(begin);
        config.setMaximumPoolSize(4);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new HikariDataSource(config);
    }

    /** Tells the database's planner what was filled in, as its own housekeeping would do in time. */
    void analyze() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE");
        } catch (SQLException e) {
            throw new IllegalStateException("ANALYZE failed", e);
        }
    }

    @Override
    public void close() {
        store.close();
        pool.close();
        if (postgres != null) {
            postgres.close();
        }
    }
}
