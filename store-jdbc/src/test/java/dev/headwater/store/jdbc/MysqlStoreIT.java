package dev.headwater.store.jdbc;

import dev.headwater.store.jdbc.support.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * Not part of the build, where MariaDB stands in: {@code .ci/run} runs it where {@code .ci/mysql} can bring a server, whose
 * directory is in the property {@code mysql.home}.
 */
@DisplayName("The store on MySQL 8.0")
class MysqlStoreIT {

    @Nested
    @DisplayName("by MariaDB's driver")
    class ByMariaDb extends JdbcStoreContract {

        ByMariaDb() {
            super(TestDatabase.mysql());
        }
    }

    @Nested
    @DisplayName("by its own driver")
    class ByConnectorJ extends JdbcStoreContract {

        ByConnectorJ() {
            super(TestDatabase.mysqlByConnectorJ());
        }
    }

    @Nested
    @DisplayName("keeps tasks")
    class Queue extends JdbcTaskQueueTest.OnDatabase {

        Queue() {
            super(TestDatabase::mysql);
        }
    }
}
