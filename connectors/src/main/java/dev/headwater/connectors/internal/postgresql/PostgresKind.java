package dev.headwater.connectors.internal.postgresql;

import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ResolvedConfig;
import java.util.Map;
import java.util.Properties;

/** PostgreSQL. */
public final class PostgresKind extends PgjdbcKind {

    private final boolean processCredentials;

    /** One whose data sources have their own credentials only. */
    public PostgresKind() {
        this(false);
    }

    /** @param processCredentials whether data sources may log in with the AWS credentials of this process */
    public PostgresKind(boolean processCredentials) {
        super("postgresql", 5432);
        this.processCredentials = processCredentials;
    }

    @Override
    protected void addDefaults(ResolvedConfig config, Endpoint endpoint, Map<String, String> properties) {
        if (IamLogin.wanted(config)) {
            IamLogin.check(config, processCredentials);
        }
    }

    @Override
    public void addToken(Properties properties, Login login, ConnectionTarget target) {
        Endpoint database = login.endpoint();
        if (database != null && IamLogin.wanted(target.config())) {
            properties.setProperty("password", IamLogin.token(target, database));
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
