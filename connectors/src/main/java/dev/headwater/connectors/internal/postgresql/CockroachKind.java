package dev.headwater.connectors.internal.postgresql;

import dev.headwater.spi.ResolvedConfig;

/** CockroachDB, by PostgreSQL's protocol; its catalog has ways of its own. */
public final class CockroachKind extends PgjdbcKind {

    public CockroachKind() {
        super("cockroachdb", 26_257);
    }

    @Override
    public String probeSql() {
        return CockroachCatalog.PROBE;
    }

    @Override
    public CatalogQuery catalogQuery(ResolvedConfig config, long maxTables) {
        return CockroachCatalog.query(config.text("schema").orElse(""), maxTables);
    }
}
