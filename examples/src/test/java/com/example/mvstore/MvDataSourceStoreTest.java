package com.example.mvstore;

import dev.headwater.spi.DataSourceStore;
import dev.headwater.testkit.DataSourceStoreContract;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The custom store on MVStore")
class MvDataSourceStoreTest extends DataSourceStoreContract {

    @TempDir
    static Path directory;

    private Path file = directory;

    @Override
    protected DataSourceStore openEmpty() {
        file = directory.resolve(UUID.randomUUID() + ".mv");
        return MvDataSourceStore.open(file);
    }

    @Override
    protected DataSourceStore openAgain() {
        return MvDataSourceStore.open(file);
    }

    /** MVStore locks its file. */
    @Override
    protected boolean isShared() {
        return false;
    }

    @Override
    protected boolean plansAndForgets() {
        return false;
    }

    @Override
    protected int randomSequences() {
        return 5;
    }
}
