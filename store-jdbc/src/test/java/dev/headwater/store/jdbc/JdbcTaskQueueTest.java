package dev.headwater.store.jdbc;

import dev.headwater.spi.TaskQueue;
import dev.headwater.store.jdbc.support.TestDatabase;
import dev.headwater.testkit.TaskQueueContract;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

@DisplayName("The task queue on a database")
class JdbcTaskQueueTest {

    /** One database for all tests of an engine, whose tasks each of them empties. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class OnDatabase extends TaskQueueContract {

        private final TestDatabase database;

        OnDatabase(Supplier<TestDatabase> database) {
            this.database = database.get();
        }

        @Override
        protected TaskQueue open() {
            return JdbcTaskQueue.builder()
                    .dataSource(database.dataSource())
                    .pollInterval(Duration.ofMillis(100))
                    .deadAfter(Duration.ofSeconds(6))
                    .migrate(false)
                    .open();
        }

        @Override
        protected void release() {
            database.clear();
        }

        @AfterAll
        void closeDatabase() {
            database.close();
        }
    }

    @Nested
    @DisplayName("H2")
    class OnH2 extends OnDatabase {
        OnH2() {
            super(TestDatabase::h2Memory);
        }
    }

    @Nested
    @DisplayName("PostgreSQL")
    class OnPostgres extends OnDatabase {
        OnPostgres() {
            super(TestDatabase::postgres);
        }
    }

    @Nested
    @DisplayName("MariaDB")
    class OnMariaDb extends OnDatabase {
        OnMariaDb() {
            super(TestDatabase::mariaDb);
        }
    }
}
