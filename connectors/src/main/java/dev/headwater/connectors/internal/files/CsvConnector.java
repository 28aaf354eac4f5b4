package dev.headwater.connectors.internal.files;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.Failures;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connector of CSV files. They lie under one directory, which the host names: a path that a customer writes must not
 * reach the other files of the machine, not by {@code ..} and not by a link either. Safe for use by many threads.
 */
public final class CsvConnector implements Connector {

    private static final ExtraProperties EXTRA = new ExtraProperties(Map.of());

    private final @Nullable Path root;

    /** @param root the directory, or null if the host named none: then every source is refused */
    public CsvConnector(@Nullable Path root) {
        this.root = root;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("csv");
    }

    @Override
    public void reach(ConnectionTarget target) {
        Path unused = find(target);
    }

    @Override
    public ConnectorSession open(ConnectionTarget target) {
        return new CsvSession(find(target), target);
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings settings) {
        Path path = find(target);
        return new ConnectorClient() {
            @Override
            public Object client() {
                return path;
            }

            @Override
            public int inUse() {
                return 0;
            }

            @Override
            public void retire() {}

            @Override
            public void close() {}
        };
    }

    /** {@return the file or directory of the config, with all links followed} */
    private Path find(ConnectionTarget target) {
        Failures.refuseCancelled(target);
        Map<String, String> unused = EXTRA.of(target.config());
        if (root == null) {
            throw new ConnectorException(
                    FailureCode.DESTINATION_REFUSED,
                    "this application names no directory in which CSV files may lie",
                    "Let the application make the connector with a directory (Connectors.csv).");
        }
        String path = target.config().text("path").orElse("");
        try {
            Path home = root.toRealPath();
            Path found = home.resolve(path).toRealPath();
            if (!found.startsWith(home)) {
                throw outside();
            }
            if (!Files.isReadable(found)) {
                throw new ConnectorException(FailureCode.PERMISSION_DENIED, "path cannot be read");
            }
            if (!Files.isDirectory(found)
                    && !FileColumns.isCsv(found.getFileName().toString())) {
                throw new ConnectorException(
                        FailureCode.WRONG_SERVER,
                        "path names a file that is no CSV file, by its name",
                        "Name a file that ends in .csv, .tsv, .csv.gz or .tsv.gz, or a directory.");
            }
            return found;
        } catch (NoSuchFileException e) {
            if (leavesRoot(path)) {
                throw outside();
            }
            throw new ConnectorException(
                    FailureCode.NO_SUCH_DATABASE, "there is no file or directory at path", "Check the path.");
        } catch (InvalidPathException e) {
            throw new ConnectorException(FailureCode.INVALID_CONFIG, "path is no path");
        } catch (IOException e) {
            throw new ConnectorException(
                    FailureCode.FAILED,
                    "path cannot be looked at: " + e.getClass().getSimpleName());
        }
    }

    /** So that nobody learns which files are elsewhere, the answer is the same whether they are or not. */
    private boolean leavesRoot(String path) {
        Path home = root == null ? Path.of("") : root.toAbsolutePath().normalize();
        return !home.resolve(path).normalize().startsWith(home);
    }

    private static ConnectorException outside() {
        return new ConnectorException(
                FailureCode.DESTINATION_REFUSED,
                "path leads out of the directory in which CSV files may lie",
                "Give a path inside that directory, or none for all of it.");
    }
}
