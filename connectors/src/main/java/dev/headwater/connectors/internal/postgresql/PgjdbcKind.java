package dev.headwater.connectors.internal.postgresql;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.JdbcDriver;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.postgresql.util.PSQLException;

/** A kind that pgjdbc connects to. The driver's properties: https://jdbc.postgresql.org/documentation/use/. */
abstract class PgjdbcKind extends PostgresLikeKind {

    private static final ExtraProperties EXTRA = new ExtraProperties(Map.ofEntries(
            Map.entry("ApplicationName", "[ -~]{0,63}"),
            Map.entry("binaryTransfer", ExtraProperties.FLAG),
            Map.entry("cancelSignalTimeout", ExtraProperties.COUNT),
            Map.entry("channelBinding", "disable|prefer|require"),
            // Held by the socket and its deadline, so the driver gets them and has no use for them.
            Map.entry("connectTimeout", ExtraProperties.COUNT),
            Map.entry("loginTimeout", ExtraProperties.COUNT),
            Map.entry("gssEncMode", "disable"),
            Map.entry("defaultRowFetchSize", ExtraProperties.COUNT),
            Map.entry("preparedStatementCacheQueries", ExtraProperties.COUNT),
            Map.entry("preparedStatementCacheSizeMiB", ExtraProperties.COUNT),
            Map.entry("prepareThreshold", "-?" + ExtraProperties.COUNT),
            Map.entry("readOnly", ExtraProperties.FLAG),
            Map.entry("readOnlyMode", "ignore|transaction|always"),
            Map.entry("reWriteBatchedInserts", ExtraProperties.FLAG),
            Map.entry("socketTimeout", ExtraProperties.COUNT),
            Map.entry("sslmode", "verify-full|verify-ca|require"),
            Map.entry("stringtype", "unspecified|varchar"),
            Map.entry("tcpKeepAlive", ExtraProperties.FLAG)));

    PgjdbcKind(String id, int defaultPort) {
        super(id, defaultPort, "jdbc:postgresql://", "org.postgresql.ssl", EXTRA);
    }

    @Override
    public JdbcDriver driver() {
        return new JdbcDriver("org.postgresql.Driver", "org.postgresql:postgresql");
    }

    @Override
    protected void harden(Map<String, String> properties) {
        // A server must not get at the Kerberos tickets of the host's user.
        properties.put("gssEncMode", "disable");
        properties.put("requireAuth", "password,md5,scram-sha-256,none");
    }

    @Override
    public void useSocketFactory(Properties properties, String token) {
        super.useSocketFactory(properties, token);
        properties.setProperty("classLoaderStrategy", "driver-first");
    }

    @Override
    protected boolean fromServer(SQLException failure) {
        return failure instanceof PSQLException psql && psql.getServerErrorMessage() != null;
    }
}
