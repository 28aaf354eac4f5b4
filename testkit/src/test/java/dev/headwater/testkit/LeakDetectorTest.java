package dev.headwater.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.InMemoryStore;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.SecretValue;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

@DisplayName("The leak detector")
class LeakDetectorTest {

    private static final String SECRET = "pl4nted-passw0rd";

    private final LeakDetector leaks = LeakDetector.ofSecrets(SECRET);

    @ParameterizedTest
    @CsvSource({
        "prints, what was written to the console and the log",
        "logs, what was written to the console and the log",
        "printsInBase64, what was written to the console and the log",
        "throwsIt, a java.lang.IllegalStateException",
        "isThrownAtBefore, a java.lang.IllegalArgumentException",
        "isThrownAtAfter, a java.lang.IllegalArgumentException",
        "leavesThread, thread left-behind",
        "leavesPool, thread left-open:housekeeper",
        "leavesSocket, socket:"
    })
    @DisplayName("fails a test that")
    void fails(String test, String told) {
        assertThat(failureOf(test))
                .hasValueSatisfying(failure -> assertThat(failure)
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining(told)
                        .hasMessageNotContaining(SECRET));
        Leaky.letGo();
    }

    @ParameterizedTest
    @ValueSource(strings = {"isClean", "endsLate"})
    @DisplayName("passes a test that")
    void passes(String test) {
        assertThat(failureOf(test)).isEmpty();
    }

    @Test
    @DisplayName("finds a secret in the trace of an exception, its causes and suppressed ones, and in texts")
    void things() {
        Exception suppressing = new Exception("harmless");
        suppressing.addSuppressed(new Exception("it is " + SECRET));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> leaks.assertNotIn(List.of(), suppressing))
                .withMessageNotContaining(SECRET);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> leaks.assertNotIn(new RuntimeException(new Exception(SECRET))));
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> leaks.assertNotIn(List.of(SECRET)));
        assertThatCode(() -> leaks.assertNotIn(new Exception("harmless"), "text", null))
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("finds a secret in what a store holds")
    void store() {
        InMemoryStore store = new InMemoryStore();
        try (DataSourceRegistry registry =
                DataSourceRegistry.builder().store(store).build()) {
            DataSourceDraft draft = DataSourceDraft.of("postgresql", "shop")
                    .with("host", "db.example.com")
                    .with("database", "shop")
                    .with("username", "app")
                    .with("password", SecretValue.of(SECRET));
            registry.environment("clean").create(draft);
            registry.environment("leaky").create(draft.with("username", SECRET));

            assertThatCode(() -> leaks.assertNotIn(store, EnvironmentId.of("clean")))
                    .doesNotThrowAnyException();
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> leaks.assertNotIn(store, EnvironmentId.of("leaky")));
        }
    }

    @Test
    @DisplayName("finds a secret in the rows of a database, in texts and in bytes")
    void rows() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:leaks");
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table a (t varchar, b varbinary, n int)");
            statement.execute("insert into a values ('harmless', X'00', null)");
            leaks.assertNotInRowsOf(database);

            statement.execute("update a set t = '" + SECRET + "'");
            assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> leaks.assertNotInRowsOf(database));

            statement.execute("update a set t = '', b = STRINGTOUTF8('x " + SECRET + "')");
            assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> leaks.assertNotInRowsOf(database));
        }
    }

    @Test
    @DisplayName("takes no secret that could stand somewhere by accident")
    void shortSecrets() {
        assertThatIllegalArgumentException().isThrownBy(() -> LeakDetector.ofSecrets("secret"));
    }

    private static Optional<Throwable> failureOf(String test) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Leaky.class, test))
                .execute()
                .testEvents()
                .finished()
                .stream()
                .findFirst()
                .orElseThrow()
                .getPayload(TestExecutionResult.class)
                .flatMap(TestExecutionResult::getThrowable);
    }

    /** Run by the tests above only. */
    static class Leaky {

        private static CountDownLatch letGo = new CountDownLatch(1);
        private static Optional<AutoCloseable> open = Optional.empty();

        @RegisterExtension
        final LeakDetector leaks = LeakDetector.ofSecrets(SECRET);

        static void letGo() {
            letGo.countDown();
            letGo = new CountDownLatch(1);
            open.ifPresent(left -> assertThatCode(left::close).doesNotThrowAnyException());
        }

        @Test
        void prints() {
            System.out.println("it is " + SECRET);
        }

        @Test
        void logs() {
            Logger.getLogger("leaky").info("it is " + SECRET);
        }

        @Test
        void printsInBase64() {
            System.err.println("cGw0bnRlZC1wYXNzdzByZA==");
        }

        @Test
        void throwsIt() {
            throw new IllegalStateException("it is " + SECRET);
        }

        @Test
        void leavesThread() {
            start(letGo);
        }

        @Test
        void leavesSocket() throws Exception {
            open = Optional.of(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }

        @Test
        void leavesPool() {
            HikariConfig config = new HikariConfig();
            config.setPoolName("left-open");
            config.setJdbcUrl("jdbc:h2:mem:");
            config.setMaximumPoolSize(1);
            HikariDataSource left = new HikariDataSource(config);
            open = Optional.of(left);
        }

        @BeforeEach
        void before(TestInfo test) {
            throwIn(test, "isThrownAtBefore()");
        }

        @Test
        void isThrownAtBefore() {}

        @AfterEach
        void after(TestInfo test) {
            throwIn(test, "isThrownAtAfter()");
        }

        @Test
        void isThrownAtAfter() {}

        private static void throwIn(TestInfo test, String which) {
            if (test.getDisplayName().equals(which)) {
                throw new IllegalArgumentException("it is " + SECRET);
            }
        }

        @Test
        void endsLate() {
            CountDownLatch soon = new CountDownLatch(1);
            start(soon);
            soon.countDown();
        }

        @Test
        void isClean() {
            System.out.println("harmless");
        }

        private static void start(CountDownLatch end) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "left-behind");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
