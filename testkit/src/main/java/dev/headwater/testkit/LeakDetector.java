package dev.headwater.testkit;

import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.PageQuery;
import dev.headwater.testkit.internal.OpenThings;
import dev.headwater.testkit.internal.Output;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * A JUnit Jupiter extension that fails a test when a planted secret shows up where it must not, and when the test leaves
 * threads, pools or sockets behind.
 *
 * <pre>{@code
 * class MyHostTest {
 *     @RegisterExtension
 *     final LeakDetector leaks = LeakDetector.ofSecrets("pl4nted-passw0rd");
 *
 *     @Test
 *     void connects() {
 *         ... use pl4nted-passw0rd ...
 *         leaks.assertNotIn(exception, record);
 *         leaks.assertNotIn(store, EnvironmentId.of("production"));
 *     }
 * }
 * }</pre>
 *
 * <p>Looked through at the end of each test: what was written to {@link System#out} and {@link System#err}, what was logged
 * by {@code java.util.logging} as far as its levels let it through, and an exception that ended the test or its preparation. Logs of other
 * systems are seen as far as they go to one of the two streams; set their level to the finest for it to mean something. A
 * secret is also found in Base64.
 *
 * <p>Left behind is what began in the test and does not end within {@value #PATIENCE_SECONDS} seconds of its end: live
 * threads, but for those that the JDK and JUnit keep, and on Linux, open sockets. A connection pool shows as its threads.
 * As the streams and the threads are those of the whole JVM, tests with this extension do not run at the same time as others.
 */
public final class LeakDetector
        implements BeforeEachCallback,
                AfterEachCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {

    /** How long what a test began may take to end. */
    public static final int PATIENCE_SECONDS = 3;

    private static final int PAGE = 1_000;

    private final List<String> secrets;
    private final List<String> keptThreads = new ArrayList<>();
    private @Nullable Output output;
    private @Nullable OpenThings before;

    private LeakDetector(List<String> secrets) {
        this.secrets = secrets;
    }

    /**
     * Looks for these secrets.
     *
     * @param secrets each of at least 8 characters, so that they are found nowhere by accident
     * @throws IllegalArgumentException if one is shorter
     */
    public static LeakDetector ofSecrets(String... secrets) {
        for (String secret : secrets) {
            if (secret.length() < 8) {
                throw new IllegalArgumentException("a planted secret needs at least 8 characters");
            }
        }
        return new LeakDetector(List.of(secrets));
    }

    /** Lets threads stay whose names begin so, such as those of a server that all tests share. */
    public LeakDetector keepingThreads(String namePrefix) {
        keptThreads.add(namePrefix);
        return this;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        before = OpenThings.now();
        output = Output.capture();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable throwable) throws Throwable {
        assertNotIn(throwable);
        throw throwable;
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable throwable)
            throws Throwable {
        assertNotIn(throwable);
        throw throwable;
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable throwable)
            throws Throwable {
        assertNotIn(throwable);
        throw throwable;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (output != null) {
            check("what was written to the console and the log", output.end());
            output = null;
        }
        if (before != null) {
            List<String> left = before.leftBehind(keptThreads, PATIENCE_SECONDS);
            before = null;
            if (!left.isEmpty()) {
                throw new AssertionError("the test left behind:\n  " + String.join("\n  ", left));
            }
        }
    }

    /**
     * Looks through each of these: the whole trace of an exception with its causes and suppressed ones, else what
     * {@code toString} says.
     *
     * @throws AssertionError if a planted secret is there; it does not repeat it
     */
    public void assertNotIn(@Nullable Object... things) {
        for (Object thing : things) {
            String name = thing == null ? "null" : thing.getClass().getName();
            check("a " + name, thing instanceof Throwable failure ? trace(failure) : String.valueOf(thing));
        }
    }

    /**
     * Looks through all that a store holds of some environments: data sources, commits, sealed secrets with their
     * ciphertext, what was observed, schemas, and deployments.
     *
     * @throws AssertionError if a planted secret is there; it does not repeat it
     */
    public void assertNotIn(DataSourceStore store, EnvironmentId... environments) {
        for (EnvironmentId environment : environments) {
            for (long number = 0; ; ) {
                List<Commit> commits = store.commitsAfter(environment, number, PAGE);
                commits.forEach(commit -> check("a commit", commit.toString()));
                if (commits.size() < PAGE) {
                    break;
                }
                number = commits.get(commits.size() - 1).number();
            }
            store.page(environment, PageQuery.first(PageQuery.MAX_LIMIT)).forEach(record -> {
                check("a data source", record.toString());
                check("what was observed", String.valueOf(store.observations(environment, List.of(record.id()))));
                check("a schema", String.valueOf(store.schema(environment, record.id())));
            });
            check(
                    "deployments",
                    store.deployments(environment, Long.MAX_VALUE, PAGE).toString());
        }
        store.sealedUnderOtherKeys("no such key", null, PAGE)
                .forEach(secret -> check("a sealed secret", secret + " " + secret.ciphertext()));
    }

    /**
     * Looks through all rows of all tables of a database, in the schema of its connections.
     *
     * @throws AssertionError if a planted secret is there; it does not repeat it
     */
    public void assertNotInRowsOf(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            List<String> tables = new ArrayList<>();
            String[] types = {"TABLE", "BASE TABLE"};
            try (ResultSet found =
                    connection.getMetaData().getTables(connection.getCatalog(), connection.getSchema(), "%", types)) {
                while (found.next()) {
                    tables.add(found.getString("TABLE_NAME"));
                }
            }
            String quote = connection.getMetaData().getIdentifierQuoteString();
            for (String table : tables) {
                try (var statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT * FROM " + quote + table + quote)) {
                    checkRows(table, rows);
                }
            }
        }
    }

    private void checkRows(String table, ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            for (int column = 1; column <= columns; column++) {
                byte[] bytes = rows.getObject(column) instanceof byte[] binary ? binary : null;
                String text = bytes == null ? rows.getString(column) : new String(bytes, StandardCharsets.ISO_8859_1);
                check("table " + table, String.valueOf(text));
            }
        }
    }

    private void check(String where, String text) {
        for (String secret : secrets) {
            if (text.contains(secret) || text.contains(base64(secret))) {
                throw new AssertionError("a planted secret stands in " + where);
            }
        }
    }

    /** Without its last group, which depends on what follows. */
    private static String base64(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(bytes).substring(0, bytes.length / 3 * 4);
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }
}
