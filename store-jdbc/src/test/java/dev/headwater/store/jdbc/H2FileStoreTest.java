package dev.headwater.store.jdbc;

import dev.headwater.spi.DataSourceStore;
import dev.headwater.store.jdbc.support.TestDatabase;
import dev.headwater.testkit.DataSourceStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

/** Opens and closes the file with each store, so that what is read again was on the disk. */
@DisplayName("The store on a file of H2")
class H2FileStoreTest extends DataSourceStoreContract {

    @TempDir
    private static Path files;

    private Path directory = files;

    @Override
    protected DataSourceStore openEmpty() {
        try {
            directory = Files.createTempDirectory(files, "store");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return openAgain();
    }

    @Override
    protected DataSourceStore openAgain() {
        return JdbcStore.builder()
                .url(TestDatabase.h2FileUrl(directory))
                .user("sa")
                .open();
    }

    @Override
    protected int randomSequences() {
        return 8;
    }
}
