package dev.headwater.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.headwater.spi.StoreException;
import dev.headwater.store.jdbc.internal.Database;
import dev.headwater.store.jdbc.internal.Pools;
import dev.headwater.store.jdbc.internal.Tables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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

    private static final Pattern PASSWORD_IN_URL = Pattern.compile("(?i)password\\s*=|//[^/?;@]*:[^/?;@]*@");

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
        check();
        if (dataSource != null) {
            return open(dataSource, () -> {});
        }
        HikariDataSource pool = Pools.open(url == null ? "" : url, user, password, maxPoolSize, queryTimeout);
        try {
            return open(pool, pool::close);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private JdbcStore open(DataSource open, Runnable release) {
        Database database = Database.open(open, queryTimeout, release);
        Tables tables = new Tables(database);
        if (migrate) {
            tables.migrate(open);
        }
        tables.check();
        return new JdbcStore(database);
    }

    private void check() {
        List<String> problems = new ArrayList<>();
        if ((dataSource == null) == (url == null)) {
            problems.add("give either dataSource or url");
        }
        if (dataSource != null && (user != null || password != null)) {
            problems.add("user and password go with url; a dataSource has its own");
        }
        if (url != null && PASSWORD_IN_URL.matcher(url).find()) {
            problems.add("url must not hold a password; give it by password()");
        }
        if (maxPoolSize < 2) {
            problems.add("maxPoolSize must be at least 2, is " + maxPoolSize);
        }
        if (queryTimeout.toSeconds() < 1) {
            problems.add("queryTimeout must be at least a second, is " + queryTimeout);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }
}
