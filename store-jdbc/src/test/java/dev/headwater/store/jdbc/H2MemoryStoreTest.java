package dev.headwater.store.jdbc;

import dev.headwater.store.jdbc.support.TestDatabase;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The store on H2 in memory")
class H2MemoryStoreTest extends JdbcStoreContract {

    H2MemoryStoreTest() {
        super(TestDatabase.h2Memory());
    }
}
