package dev.headwater.connectors.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ClientState;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A HikariCP pool. It makes no connection before one is asked for, and keeps none for ever. */
public final class JdbcClient implements ConnectorClient {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcClient.class);

    /** HikariCP takes no shorter timeouts. */
    private static final long SHORTEST_TIMEOUT_MILLIS = 250;

    private static final long VALIDATION_TIMEOUT_MILLIS = 5_000;

    private final DriverSource source;
    private final HikariDataSource pool;
    private final DataSourceView view = new DataSourceView();
    private final ReentrantLock firstLogin = new ReentrantLock();
    private final AtomicInteger asking = new AtomicInteger();
    private volatile boolean retired;

    /**
     * Makes a pool of what a driver connects to. Does no I/O.
     *
     * @throws ConnectorException with {@link FailureCode#DRIVER_MISSING} if there is no driver, or if the config cannot be used
     */
    public static ConnectorClient open(DriverKind kind, ConnectionTarget target, ClientSettings settings) {
        Login login = kind.login(target.config());
        JdbcDialer dialer = new JdbcDialer(kind, login, target);
        Failures.refuseCancelled(target);
        return new JdbcClient(new DriverSource(kind, login, dialer), target.timeout(), settings);
    }

    /** @param timeout how long to wait for one connection */
    private JdbcClient(DriverSource source, Duration timeout, ClientSettings settings) {
        this.source = source;
        long timeoutMillis = Math.max(SHORTEST_TIMEOUT_MILLIS, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
        HikariConfig config = new HikariConfig();
        config.setPoolName(settings.name());
        // User and password are in the source, so that HikariCP has nothing secret to log.
        config.setDataSource(source);
        // HikariCP sets what it is told on each connection, and so would make a read-only one writable.
        config.setReadOnly(source.readOnly());
        config.setMaximumPoolSize(settings.maxPoolSize());
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(timeoutMillis);
        config.setValidationTimeout(Math.min(VALIDATION_TIMEOUT_MILLIS, timeoutMillis));
        this.pool = new HikariDataSource(config);
    }

    @Override
    public Object client() {
        return view;
    }

    @Override
    public int inUse() {
        // In this order: who stops asking has a connection by then.
        int asks = asking.get();
        HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        return bean == null ? asks : asks + bean.getActiveConnections();
    }

    @Override
    public boolean mayCloseWhenUnused() {
        return source.reopens();
    }

    @Override
    public ClientState state() {
        HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        return bean == null
                ? new ClientState(0, 0, 0, source.rejections().lastFailure())
                : new ClientState(
                        bean.getIdleConnections(),
                        bean.getActiveConnections(),
                        bean.getThreadsAwaitingConnection(),
                        source.rejections().lastFailure());
    }

    @Override
    public void retire() {
        retired = true;
        HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        if (bean != null) {
            bean.softEvictConnections();
        }
    }

    @Override
    public void close() {
        retired = true;
        try {
            source.stop();
            pool.close();
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} did not close in order: {}",
                    pool.getPoolName(),
                    e.getClass().getName());
        } finally {
            source.close();
        }
    }

    /** What a host gets: it can take connections, and neither close the pool nor look into it. */
    private final class DataSourceView extends BareDataSource {

        @Override
        public Connection getConnection() throws SQLException {
            // Before it is known whether the pool still gives out connections: it is closed only while nobody asks.
            asking.incrementAndGet();
            try {
                return take();
            } finally {
                asking.decrementAndGet();
            }
        }

        private Connection take() throws SQLException {
            if (retired) {
                throw new SQLException("this pool is closed; a newer one may have taken its place");
            }
            HikariPoolMXBean bean = pool.getHikariPoolMXBean();
            if (bean == null || bean.getTotalConnections() == 0) {
                logInFirst();
            } else if (bean.getIdleConnections() == 0) {
                source.rejections().refuseIfRejected();
            }
            try {
                return pool.getConnection();
            } finally {
                source.dropUnused();
            }
        }

        /**
         * Does the first login on the caller's thread, one caller at a time: HikariCP tries again and again, and says why a
         * login failed only when the time is up. What may pass is left to it.
         */
        private void logInFirst() throws SQLException {
            if (!await()) {
                return;
            }
            try {
                HikariPoolMXBean bean = pool.getHikariPoolMXBean();
                if (bean == null || bean.getTotalConnections() == 0) {
                    source.prepare();
                }
            } catch (SQLException e) {
                if (!passing(e)) {
                    throw e;
                }
            } finally {
                firstLogin.unlock();
            }
        }

        /** {@return false if the others took all of the time} */
        private boolean await() throws SQLException {
            try {
                return firstLogin.tryLock(pool.getConnectionTimeout(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLException("interrupted while waiting for a connection");
            }
        }

        /** A login is cancelled when the pool closes; HikariCP may not know yet, and would wait for another one. */
        private boolean passing(SQLException failure) {
            return failure.getCause() instanceof ConnectorException why
                    && !Rejections.definite(why.failure())
                    && why.failure() != FailureCode.TIMED_OUT
                    && why.failure() != FailureCode.CANCELLED;
        }

        @Override
        public int getLoginTimeout() {
            return (int) Duration.ofMillis(pool.getConnectionTimeout()).toSeconds();
        }

        @Override
        public void setLoginTimeout(int seconds) throws SQLException {
            throw new java.sql.SQLFeatureNotSupportedException("the timeout is that of the pool");
        }

        @Override
        public String toString() {
            return "DataSource[" + pool.getPoolName() + "]";
        }
    }
}
