package dev.headwater.store.jdbc.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Connection pools of our own. */
public final class Pools {

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);

    private Pools() {}

    /** Opens a pool, and its first connection. */
    public static HikariDataSource open(
            String url, @Nullable String user, @Nullable String password, int maxSize, Duration queryTimeout) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("headwater-store");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(maxSize);
        config.setAutoCommit(true);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        Dialect dialect = Dialects.ofUrl(url);
        config.setConnectionInitSql(dialect.beginSession(queryTimeout));
        dialect.driverProperties(queryTimeout).forEach(config::addDataSourceProperty);
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw Failures.of("connect to the database", e);
        }
    }
}
