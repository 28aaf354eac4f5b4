package dev.headwater.connectors.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.connectors.internal.duckdb.DuckDbKind;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A session without a socket")
class SessionCancelTest {

    /** DuckDB with a question that takes ages. */
    private static final class SlowKind implements JdbcKind {

        private final JdbcKind duckdb = new DuckDbKind();

        @Override
        public String id() {
            return "slow";
        }

        @Override
        public JdbcDriver driver() {
            return duckdb.driver();
        }

        @Override
        public Login login(ResolvedConfig config) {
            return duckdb.login(config);
        }

        @Override
        public boolean sharesFirstConnection(Login login) {
            return duckdb.sharesFirstConnection(login);
        }

        @Override
        public String probeSql() {
            return "select count(*) from range(10000000) a, range(10000000) b where a.range * b.range % 7 = 3";
        }

        @Override
        public CatalogQuery catalogQuery(ResolvedConfig config, long maxTables) {
            return duckdb.catalogQuery(config, maxTables);
        }

        @Override
        public CanonicalType canonicalType(String baseType) {
            return duckdb.canonicalType(baseType);
        }

        @Override
        public Diagnosis diagnose(SQLException failure, ResolvedConfig config) {
            return duckdb.diagnose(failure, config);
        }
    }

    @Test
    @DisplayName("is freed by a cancel while a query runs")
    void cancels() throws Exception {
        Cancellation cancellation = new Cancellation();
        ConnectionTarget target = new ConnectionTarget(
                "slow",
                ResolvedConfig.of(Map.of("database", ":memory:")),
                NetworkPolicy.refuseLinkLocal(),
                Duration.ofMinutes(30),
                cancellation);
        try (ConnectorSession session = new JdbcConnector(new SlowKind()).open(target)) {
            CompletableFuture<ConnectorException> ended = new CompletableFuture<>();
            Thread worker =
                    new Thread(() -> ended.complete(catchThrowableOfType(ConnectorException.class, session::probe)));
            worker.start();
            while (Arrays.stream(worker.getStackTrace())
                    .noneMatch(frame -> frame.getMethodName().contains("execute"))) {
                LockSupport.parkNanos(1_000_000);
            }
            // The query may not have reached the engine yet, in which case a cancel finds nothing to cancel.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            cancellation.cancel();
            assertThat(ended.get(60, TimeUnit.SECONDS).failure()).isEqualTo(FailureCode.CANCELLED);
            worker.join();
        }
    }
}
