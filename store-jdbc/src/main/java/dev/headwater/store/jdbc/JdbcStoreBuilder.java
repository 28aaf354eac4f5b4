package dev.headwater.store.jdbc;

import dev.headwater.spi.StoreException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link JdbcStore}: either on a {@linkplain #dataSource data source} that the host has, or on a
 * {@linkplain #url URL}, for which the store opens a HikariCP pool of its own. Not for use by several threads at once.
 */
public final class JdbcStoreBuilder {

    /** How many connections a pool of the store's own has at most, unless {@link #maxPoolSize} says otherwise. */
    public static final int DEFAULT_MAX_POOL_SIZE = 10;

    /** How long a statement may take, unless {@link #queryTimeout} says otherwise. */
    public static final Duration DEFAULT_QUERY_TIMEOUT = Duration.ofSeconds(30);

    private @Nullable DataSource dataSource;
    private @Nullable String url;
    private @Nullable String user;
    private @Nullable String password;
    private int maxPoolSize = DEFAULT_MAX_POOL_SIZE;
    private Duration queryTimeout = DEFAULT_QUERY_TIMEOUT;
    private boolean migrate = true;

    JdbcStoreBuilder() {}

    /**
     * The data source to work on. The store does not close it. It must give plain connections, that are not bound to a
     * transaction of the host: a commit is for good when the store says so. Where its connections have another isolation
     * than READ COMMITTED, the store sets that one for each of its transactions, and puts the other back.
     */
    public JdbcStoreBuilder dataSource(DataSource hosts) {
        this.dataSource = hosts;
        return this;
    }

    /** The JDBC URL of the database, without a password, since drivers and pools show URLs in messages. */
    public JdbcStoreBuilder url(String jdbcUrl) {
        this.url = jdbcUrl;
        return this;
    }

    /** The user of the database, to go with {@link #url}. */
    public JdbcStoreBuilder user(String name) {
        this.user = name;
        return this;
    }

    /** The user's password, to go with {@link #url}. */
    public JdbcStoreBuilder password(String value) {
        this.password = value;
        return this;
    }

    /** How many connections the store's own pool has at most; from 2, which migrations take; to go with {@link #url}. */
    public JdbcStoreBuilder maxPoolSize(int connections) {
        this.maxPoolSize = connections;
        return this;
    }

    /** How long one statement may take, its wait for locks included; from a second, in whole seconds. */
    public JdbcStoreBuilder queryTimeout(Duration timeout) {
        this.queryTimeout = timeout;
        return this;
    }

    /**
     * Whether {@link #open} makes and migrates the tables with Flyway, which it does by default, on two connections. A host that says no runs
     * the scripts of {@code dev/headwater/store/jdbc/migration} in its own way.
     */
    public JdbcStoreBuilder migrate(boolean byTheStore) {
        this.migrate = byTheStore;
        return this;
    }

    /**
     * Connects, sees to the tables, and opens the store. Blocks on the database.
     *
     * @throws IllegalArgumentException if the description makes no sense, with all that is wrong with it
     * @throws StoreException if the database cannot be reached or is none that the store works on, or if its tables
     *     cannot be migrated, are missing or too old
     */
    public JdbcStore open() {
        Opening opening = new Opening(dataSource, url, user, password, maxPoolSize, queryTimeout, migrate);
        opening.check();
        return opening.open((database, open) -> new JdbcStore(database));
    }
}
