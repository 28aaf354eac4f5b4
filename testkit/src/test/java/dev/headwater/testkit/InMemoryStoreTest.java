package dev.headwater.testkit;

import dev.headwater.core.InMemoryStore;
import dev.headwater.spi.DataSourceStore;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The in-memory store")
class InMemoryStoreTest extends DataSourceStoreContract {

    @Override
    protected DataSourceStore openEmpty() {
        return new InMemoryStore();
    }

    @Override
    protected boolean isPersistent() {
        return false;
    }

    @Override
    protected int randomSequences() {
        return 200;
    }
}
