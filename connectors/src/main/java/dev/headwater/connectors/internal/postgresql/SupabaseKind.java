package dev.headwater.connectors.internal.postgresql;

import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.util.Map;

/** Supabase: PostgreSQL, behind a pooler unless one asks for the direct port. */
public final class SupabaseKind extends PgjdbcKind {

    /** Where the pooler hands out connections for one transaction each. */
    private static final int TRANSACTION_POOLER = 6543;

    public SupabaseKind() {
        super("supabase", TRANSACTION_POOLER);
    }

    @Override
    protected void addDefaults(ResolvedConfig config, Endpoint endpoint, Map<String, String> properties) {
        if (endpoint.port() != TRANSACTION_POOLER) {
            return;
        }
        // The next transaction may run on another connection, which knows nothing of a statement prepared on this one:
        // https://supabase.com/docs/guides/database/connecting-to-postgres
        properties.put("prepareThreshold", "0");
        if ("always".equals(config.extraProperties().get("readOnlyMode"))) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    "extraProperties.readOnlyMode must not be always at port " + TRANSACTION_POOLER
                            + ": the pooler would hand read-only connections to others, and others' to this source");
        }
    }

    @Override
    public String probeSql() {
        return PostgresCatalog.PROBE;
    }

    @Override
    public CatalogQuery catalogQuery(ResolvedConfig config, long maxTables) {
        return PostgresCatalog.query("", maxTables);
    }
}
