package dev.headwater.connectors.internal.duckdb;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.JdbcDriver;
import dev.headwater.connectors.internal.JdbcKind;
import dev.headwater.connectors.internal.Login;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** DuckDB, in a file or in memory. Its options: https://duckdb.org/docs/stable/configuration/overview. */
public final class DuckDbKind implements JdbcKind {

    static final String IN_MEMORY = ":memory:";

    private static final String URL_PREFIX = "jdbc:duckdb:";
    private static final String ACCESS_MODE = "access_mode";

    private static final ExtraProperties EXTRA = new ExtraProperties(Map.of(
            ACCESS_MODE,
            "(?i)READ_ONLY|READ_WRITE|AUTOMATIC",
            "default_order",
            "(?i)ASC|DESC",
            "memory_limit",
            "[1-9][0-9]{0,8}(\\.[0-9]{1,3})? ?([KMGT]i?B|%)",
            "preserve_insertion_order",
            ExtraProperties.FLAG,
            "threads",
            "[1-9][0-9]{0,3}"));

    /** What DuckDB takes for an extension or a protocol, such as {@code sqlite:} or {@code https:}; no drive letter. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+._-]+:.*", Pattern.DOTALL);

    @Override
    public String id() {
        return "duckdb";
    }

    @Override
    public JdbcDriver driver() {
        return new JdbcDriver("org.duckdb.DuckDBDriver", "org.duckdb:duckdb_jdbc");
    }

    @Override
    public Login login(ResolvedConfig config) {
        if (!config.text("access_token").orElse("").isEmpty()) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    "access_token is set, but this connector opens local files only and does not support MotherDuck");
        }
        Map<String, String> properties = new LinkedHashMap<>(EXTRA.of(config));
        // DuckDB would fetch extensions from the internet, past the network policy.
        properties.put("autoinstall_known_extensions", "false");
        String database = config.required("database");
        if (database.equals(IN_MEMORY)) {
            if ("READ_ONLY".equalsIgnoreCase(properties.get(ACCESS_MODE))) {
                throw new ConnectorException(
                        FailureCode.INVALID_CONFIG, "a database in memory cannot be opened with access_mode READ_ONLY");
            }
            return new Login(URL_PREFIX + IN_MEMORY, properties, null);
        }
        return new Login(URL_PREFIX + file(database), properties, null);
    }

    private static Path file(String database) {
        if (database.isBlank()
                || SCHEME.matcher(database).matches()
                || database.startsWith(":")
                || database.indexOf(';') >= 0
                // DuckDB takes it for a separator everywhere, and so for another file.
                || (database.indexOf('\\') >= 0 && File.separatorChar != '\\')
                || database.chars().anyMatch(Character::isISOControl)
                || !database.equals(database.strip())) {
            throw notAFile();
        }
        try {
            // An absolute path begins with no scheme, whatever follows.
            return Path.of(database).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw notAFile();
        }
    }

    private static ConnectorException notAFile() {
        return new ConnectorException(
                FailureCode.INVALID_CONFIG,
                "database must be the path of a file or " + IN_MEMORY
                        + ", without a scheme, options (;), backslashes, control characters or spaces at its ends");
    }

    /** A file that is not there is an error: DuckDB would make an empty one, and the typing error would go unseen. */
    @Override
    public void checkPresence(Login login, ResolvedConfig config) {
        if (sharesFirstConnection(login)) {
            return;
        }
        Path file = Path.of(login.url().substring(URL_PREFIX.length()));
        String shown = config.redact(config.required("database"));
        if (!Files.exists(file)) {
            throw new ConnectorException(FailureCode.NO_SUCH_DATABASE, "there is no file " + shown);
        }
        if (!Files.isRegularFile(file)) {
            throw new ConnectorException(FailureCode.NO_SUCH_DATABASE, shown + " is no file");
        }
        if (!Files.isReadable(file)) {
            throw new ConnectorException(FailureCode.PERMISSION_DENIED, "the file " + shown + " may not be read");
        }
    }

    @Override
    public boolean readOnly(Login login) {
        return "READ_ONLY".equalsIgnoreCase(login.properties().getProperty(ACCESS_MODE));
    }

    /** Each login to a database in memory would find a new, empty one. */
    @Override
    public boolean sharesFirstConnection(Login login) {
        return login.url().equals(URL_PREFIX + IN_MEMORY);
    }

    @Override
    public Connection sibling(Connection first) throws SQLException {
        return first.unwrap(DuckDBConnection.class).duplicate();
    }

    @Override
    public String probeSql() {
        return "select 'DuckDB ' || ltrim(version(), 'v')";
    }

    @Override
    public CatalogQuery catalogQuery(ResolvedConfig config, long maxTables) {
        return DuckDbCatalog.query(maxTables);
    }

    @Override
    public CanonicalType canonicalType(String baseType) {
        return DuckDbCatalog.canonicalType(baseType);
    }

    /** DuckDB gives no SQLStates; its messages are not translated. */
    @Override
    public @Nullable Diagnosis diagnose(SQLException failure, ResolvedConfig config) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("Could not set lock")) {
            return new Diagnosis(
                    FailureCode.FAILED,
                    "Another process has the file open; only processes that all open it with access_mode READ_ONLY can"
                            + " share it.");
        } else if (message.contains("different configuration")) {
            return new Diagnosis(
                    FailureCode.FAILED, "This process has the file open already, with other extra properties.");
        } else if (message.contains("not a valid DuckDB database")
                || message.contains("Serialization Error")
                || message.contains("Install it first")) {
            // The last is said of a file of another database, for which DuckDB has an extension.
            return new Diagnosis(
                    FailureCode.WRONG_SERVER, "The file is no DuckDB database, or a newer version wrote it.");
        } else if (message.contains("Permission denied")) {
            return Diagnosis.of(FailureCode.PERMISSION_DENIED);
        } else if (message.contains("INTERRUPT")) {
            return Diagnosis.of(FailureCode.CANCELLED);
        }
        return null;
    }
}
