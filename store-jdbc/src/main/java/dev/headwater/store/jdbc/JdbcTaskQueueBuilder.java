package dev.headwater.store.jdbc;

import dev.headwater.store.jdbc.internal.Database;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link JdbcTaskQueue}: either on a {@linkplain #dataSource data source} that the host has, or on a {@linkplain
 * #url URL}, for which it opens a HikariCP pool of its own. Not for use by several threads at once.
 */
public final class JdbcTaskQueueBuilder {

    /** How many connections a pool of the queue's own has at most, unless {@link #maxPoolSize} says otherwise. */
    public static final int DEFAULT_MAX_POOL_SIZE = 5;

    /** How often is looked for tasks that are due, unless {@link #pollInterval} says otherwise. */
    public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(1);

    /** After what time a node that says nothing is taken for dead, unless {@link #deadAfter} says otherwise. */
    public static final Duration DEFAULT_DEAD_AFTER = Duration.ofMinutes(1);

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SHORTEST_POLL = Duration.ofMillis(50);
    private static final Duration SHORTEST_DEAD_AFTER = Duration.ofSeconds(3);

    private @Nullable DataSource dataSource;
    private @Nullable String url;
    private @Nullable String user;
    private @Nullable String password;
    private int maxPoolSize = DEFAULT_MAX_POOL_SIZE;
    private Duration pollInterval = DEFAULT_POLL_INTERVAL;
    private Duration deadAfter = DEFAULT_DEAD_AFTER;
    private boolean migrate = true;

    JdbcTaskQueueBuilder() {}

    /** The data source to work on, better not the store's. The queue does not close it. */
    public JdbcTaskQueueBuilder dataSource(DataSource hosts) {
        this.dataSource = hosts;
        return this;
    }

    /** The JDBC URL of the database, without a password, since drivers and pools show URLs in messages. */
    public JdbcTaskQueueBuilder url(String jdbcUrl) {
        this.url = jdbcUrl;
        return this;
    }

    /** The user of the database, to go with {@link #url}. */
    public JdbcTaskQueueBuilder user(String name) {
        this.user = name;
        return this;
    }

    /** The user's password, to go with {@link #url}. */
    public JdbcTaskQueueBuilder password(String value) {
        this.password = value;
        return this;
    }

    /** How many connections the queue's own pool has at most; from 2; to go with {@link #url}. */
    public JdbcTaskQueueBuilder maxPoolSize(int connections) {
        this.maxPoolSize = connections;
        return this;
    }

    /** How often to look for tasks that are due, which is how late they may begin; from 50 ms. */
    public JdbcTaskQueueBuilder pollInterval(Duration interval) {
        this.pollInterval = interval;
        return this;
    }

    /** After what time the tasks of a node that says nothing are run by others; from 3 s. */
    public JdbcTaskQueueBuilder deadAfter(Duration time) {
        this.deadAfter = time;
        return this;
    }

    /** Whether {@link #open} makes and migrates the tables: see {@link JdbcStoreBuilder#migrate}. */
    public JdbcTaskQueueBuilder migrate(boolean byTheQueue) {
        this.migrate = byTheQueue;
        return this;
    }

    /**
     * Connects, sees to the tables, and opens the queue; it runs nothing before a registry starts it. Blocks on the database.
     *
     * @throws IllegalArgumentException if the description makes no sense, with all that is wrong with it
     * @throws dev.headwater.spi.StoreException if the database cannot be reached or is none that the queue works on, or if its
     *     tables cannot be migrated, are missing or too old
     */
    public JdbcTaskQueue open() {
        Opening opening = new Opening(dataSource, url, user, password, maxPoolSize, QUERY_TIMEOUT, migrate);
        opening.check();
        if (pollInterval.compareTo(SHORTEST_POLL) < 0) {
            throw new IllegalArgumentException("pollInterval must be at least 50 ms, is " + pollInterval);
        }
        if (deadAfter.compareTo(SHORTEST_DEAD_AFTER) < 0) {
            throw new IllegalArgumentException("deadAfter must be at least 3 s, is " + deadAfter);
        }
        return opening.open(
                (Database database, DataSource open) -> new JdbcTaskQueue(database, open, pollInterval, deadAfter));
    }
}
