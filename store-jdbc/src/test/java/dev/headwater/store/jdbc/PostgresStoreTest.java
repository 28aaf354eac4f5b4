package dev.headwater.store.jdbc;

import dev.headwater.store.jdbc.support.TestDatabase;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The store on PostgreSQL")
class PostgresStoreTest extends JdbcStoreContract {

    PostgresStoreTest() {
        super(TestDatabase.postgres());
    }
}
