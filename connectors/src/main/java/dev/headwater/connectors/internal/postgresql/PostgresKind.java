package dev.headwater.connectors.internal.postgresql;

import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.util.Map;

/** PostgreSQL. */
public final class PostgresKind extends PgjdbcKind {

    public PostgresKind() {
        super("postgresql", 5432);
    }

    @Override
    protected void addDefaults(ResolvedConfig config, Endpoint endpoint, Map<String, String> properties) {
        if (config.flag("aws_iam_auth", false)) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    "this connector does not support AWS IAM authentication yet (aws_iam_auth is true)");
        }
    }

    @Override
    public String probeSql() {
        return PostgresCatalog.PROBE;
    }

    @Override
    public CatalogQuery catalogQuery(ResolvedConfig config, long maxTables) {
        return PostgresCatalog.query(config.text("schema").orElse(""), maxTables);
    }
}
