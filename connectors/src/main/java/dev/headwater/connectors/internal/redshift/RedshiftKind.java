package dev.headwater.connectors.internal.redshift;

import com.amazon.redshift.util.RedshiftException;
import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.JdbcDriver;
import dev.headwater.connectors.internal.postgresql.PostgresLikeKind;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ResolvedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/**
 * Amazon Redshift, by Amazon's driver, which grew from pgjdbc. Its properties:
 * https://docs.aws.amazon.com/redshift/latest/mgmt/jdbc20-configuration-options.html.
 */
public final class RedshiftKind extends PostgresLikeKind {

    private static final ExtraProperties EXTRA = new ExtraProperties(Map.of(
            "ApplicationName",
            "[ -~]{0,63}",
            // Held by the socket and its deadline, so the driver gets them and has no use for them.
            "connectTimeout",
            ExtraProperties.COUNT,
            "loginTimeout",
            ExtraProperties.COUNT,
            "defaultRowFetchSize",
            ExtraProperties.COUNT,
            "readOnly",
            ExtraProperties.FLAG,
            "socketTimeout",
            ExtraProperties.COUNT,
            "sslmode",
            "verify-full|verify-ca",
            "tcpKeepAlive",
            ExtraProperties.FLAG));

    /** Is there on all systems where the temporary directory is everybody's. */
    private static final Path NOTHING = Path.of("/dev/null");

    public RedshiftKind() {
        super("redshift", 5439, "jdbc:redshift://", "com.amazon.redshift.ssl", EXTRA);
    }

    @Override
    public JdbcDriver driver() {
        return new JdbcDriver("com.amazon.redshift.Driver", "com.amazon.redshift:redshift-jdbc42");
    }

    /** The driver takes no other modes than those that verify. */
    @Override
    protected void disableTls(Map<String, String> properties) {
        properties.put("ssl", "false");
    }

    /**
     * Without a file of its own, the driver takes properties that a login does not have from an {@code rsjdbc.ini} in the
     * temporary directory, in the home, beside its jar, or where an environment variable says: others could plant one.
     */
    @Override
    protected void harden(Map<String, String> properties) {
        if (Files.exists(NOTHING)) {
            properties.put("IniFile", NOTHING.toString());
        }
    }

    @Override
    public String probeSql() {
        // "PostgreSQL 8.0.2 on …, Redshift 1.0.12345"; the text before the comma is the same for all.
        return "select 'Redshift ' || split_part(version(), 'Redshift ', 2)";
    }

    @Override
    public CatalogQuery catalogQuery(ResolvedConfig config, long maxTables) {
        return RedshiftCatalog.query(config.text("schema").orElse(""), maxTables);
    }

    @Override
    public CanonicalType canonicalType(String baseType) {
        return RedshiftCatalog.canonicalType(baseType);
    }

    /** The driver makes plain SQLExceptions of its own, so only a state is left; it uses class 08 for what it finds itself. */
    @Override
    protected boolean fromServer(SQLException failure) {
        if (failure instanceof RedshiftException own) {
            return own.getServerErrorMessage() != null;
        }
        String state = String.valueOf(failure.getSQLState());
        return !(failure.getCause() instanceof IOException) && !state.startsWith("08") && !state.startsWith("99");
    }
}
