package dev.headwater.store.jdbc;

import dev.headwater.store.jdbc.support.TestDatabase;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The store on MariaDB by MySQL's driver")
class ConnectorJStoreTest extends JdbcStoreContract {

    ConnectorJStoreTest() {
        super(TestDatabase.mariaDbByConnectorJ());
    }
}
