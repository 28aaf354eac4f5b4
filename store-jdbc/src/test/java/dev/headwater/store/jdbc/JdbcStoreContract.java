package dev.headwater.store.jdbc;

import dev.headwater.spi.DataSourceStore;
import dev.headwater.store.jdbc.support.TestDatabase;
import dev.headwater.testkit.DataSourceStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The contract on one database, which is emptied for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JdbcStoreContract extends DataSourceStoreContract {

    private final TestDatabase database;

    JdbcStoreContract(TestDatabase database) {
        this.database = database;
    }

    @Override
    protected DataSourceStore openEmpty() {
        database.clear();
        return database.open();
    }

    @Override
    protected DataSourceStore openAgain() {
        return database.open();
    }

    @Override
    protected int connectionsInUse() {
        return database.pool().getHikariPoolMXBean().getActiveConnections();
    }

    @Override
    protected int randomSequences() {
        return 8;
    }

    @AfterAll
    void closeDatabase() {
        database.close();
    }
}
