package dev.headwater.store.jdbc;

import dev.headwater.store.jdbc.support.TestDatabase;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The store on MariaDB")
class MariaDbStoreTest extends JdbcStoreContract {

    MariaDbStoreTest() {
        super(TestDatabase.mariaDb());
    }
}
