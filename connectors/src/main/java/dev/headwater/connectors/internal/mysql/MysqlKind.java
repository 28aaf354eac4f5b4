package dev.headwater.connectors.internal.mysql;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.JdbcDriver;
import dev.headwater.connectors.internal.JdbcKind;
import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.Texts;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.TlsSettings;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MySQL, MariaDB and what speaks their protocol, by MariaDB's driver. Its properties:
 * https://mariadb.com/docs/connectors/mariadb-connector-j/about-mariadb-connector-j.
 */
public final class MysqlKind implements JdbcKind {

    private static final Logger LOG = LoggerFactory.getLogger(MysqlKind.class);

    private static final int DEFAULT_PORT = 3306;
    private static final String SSL_MODE = "sslMode";
    private static final String DISABLED = "disable";

    /** Passwords in the ways that servers ask for them; in the clear only over TLS, which the driver sees to. No Kerberos, no PAM. */
    private static final String AUTHENTICATION =
            "mysql_native_password,caching_sha2_password,client_ed25519,parsec,mysql_clear_password";

    private final String id;
    private final String probeSql;
    private final boolean tlsOnly;
    private final ExtraProperties extraProperties;

    private MysqlKind(String id, String probeSql, boolean tlsOnly, String sslModes) {
        this.id = id;
        this.probeSql = probeSql;
        this.tlsOnly = tlsOnly;
        this.extraProperties = extraProperties(sslModes);
    }

    /** MySQL and MariaDB. */
    public static MysqlKind mysql() {
        return new MysqlKind(
                "mysql",
                "select concat(if(version() like '%MariaDB%', 'MariaDB ', 'MySQL '), substring_index(version(), '-', 1))",
                false,
                "verify-full|verify-ca|trust");
    }

    /** PlanetScale, whose servers take only TLS and have certificates that every JVM trusts. */
    public static MysqlKind planetScale() {
        return new MysqlKind("planetscale", "select concat('PlanetScale, MySQL ', version())", true, "verify-full");
    }

    /** SingleStore, whose definition has no field for TLS, so that only a property can turn it off. */
    public static MysqlKind singleStore() {
        return new MysqlKind(
                "singlestore",
                "select concat('SingleStore, MySQL ', version())",
                false,
                "verify-full|verify-ca|trust|" + DISABLED);
    }

    private static ExtraProperties extraProperties(String sslModes) {
        return new ExtraProperties(Map.ofEntries(
                Map.entry("cachePrepStmts", ExtraProperties.FLAG),
                // The driver knows these two only from Connector/J, and does what these values say.
                Map.entry("characterEncoding", "(?i)utf-?8|utf8mb4"),
                Map.entry("zeroDateTimeBehavior", "(?i)convert_?to_?null"),
                // Held by the socket and its deadline as well.
                Map.entry("connectTimeout", ExtraProperties.COUNT),
                Map.entry("connectionTimeZone", "[A-Za-z0-9_+:/-]{1,64}"),
                Map.entry("prepStmtCacheSize", ExtraProperties.COUNT),
                Map.entry("rewriteBatchedStatements", ExtraProperties.FLAG),
                Map.entry("socketTimeout", ExtraProperties.COUNT),
                Map.entry(SSL_MODE, sslModes),
                Map.entry("tcpKeepAlive", ExtraProperties.FLAG),
                Map.entry("tinyInt1isBit", ExtraProperties.FLAG),
                Map.entry("useBulkStmts", ExtraProperties.FLAG),
                Map.entry("useCompression", ExtraProperties.FLAG),
                Map.entry("useServerPrepStmts", ExtraProperties.FLAG)));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public JdbcDriver driver() {
        return new JdbcDriver("org.mariadb.jdbc.Driver", "org.mariadb.jdbc:mariadb-java-client");
    }

    @Override
    public Login login(ResolvedConfig config) {
        Endpoint endpoint = Endpoint.of(config.required("host"), config.number("port", DEFAULT_PORT));
        Map<String, String> properties = new LinkedHashMap<>();
        // The deadline of a login is held by its socket.
        properties.put("connectTimeout", "0");
        properties.putAll(extraProperties.of(config));
        properties.put("user", Texts.required(config, "username"));
        config.text("password").ifPresent(password -> properties.put("password", Texts.noNul("password", password)));
        config.text("database")
                .filter(database -> !database.isEmpty())
                .ifPresent(database -> properties.put("database", Texts.noNul("database", database)));
        addTls(config, properties);
        harden(properties);
        return new Login("jdbc:mariadb://" + endpoint + "/", properties, endpoint);
    }

    private void addTls(ResolvedConfig config, Map<String, String> properties) {
        if (!config.flag("ssl.enabled", true)) {
            if (tlsOnly) {
                throw new ConnectorException(
                        FailureCode.INVALID_CONFIG, "ssl.enabled must not be false: " + id + " is reached by TLS only");
            }
            if (properties.put(SSL_MODE, DISABLED) != null) {
                throw new ConnectorException(
                        FailureCode.INVALID_CONFIG, "extraProperties.sslMode needs ssl.enabled, which is false");
            }
            TlsSettings.warnOfPlainText(id, "ssl.enabled=false");
            return;
        }
        String mode = properties.computeIfAbsent(SSL_MODE, key -> "verify-full");
        if (mode.equals(DISABLED)) {
            TlsSettings.warnOfPlainText(id, "extraProperties.sslMode=" + mode);
        } else if (mode.equals("verify-ca")) {
            TlsSettings.warnOfAnyName(id, "extraProperties.sslMode=" + mode);
        } else if (!mode.startsWith("verify")) {
            LOG.warn("a source of kind {} has extraProperties.sslMode={}: its server is not verified", id, mode);
        }
    }

    /** Turns off what the driver does unless told otherwise and a server could turn against its client. */
    private static void harden(Map<String, String> properties) {
        // The server could ask for any file of the client.
        properties.put("allowLocalInfile", "false");
        // The server could send the client elsewhere.
        properties.put("permitRedirect", "false");
        // A certificate that nobody trusts would be accepted from a server that knows the password's hash.
        properties.put("deferCertificateValidation", "false");
        properties.put("restrictedAuth", AUTHENTICATION);
        properties.put("allowPublicKeyRetrieval", "false");
        // Statements, with their values, would stand in exceptions.
        properties.put("dumpQueriesOnException", "false");
    }

    @Override
    public void useSocketFactory(Properties properties, String token) {
        MysqlSocketFactory.use(properties, token);
    }

    @Override
    public void boundAnswers(Properties properties, Duration timeout) {
        long millis = Math.min(Duration.ofDays(1).toMillis(), timeout.toMillis());
        properties.setProperty("socketTimeout", Long.toString(millis + 1_000));
    }

    @Override
    public String probeSql() {
        return probeSql;
    }

    @Override
    public CatalogQuery catalogQuery(ResolvedConfig config, long maxTables) {
        boolean flags = !"false".equals(config.extraProperties().get("tinyInt1isBit"));
        return MysqlCatalog.query(flags, maxTables);
    }

    @Override
    public CanonicalType canonicalType(String baseType) {
        return MysqlCatalog.canonicalType(baseType);
    }

    @Override
    public @Nullable Diagnosis diagnose(SQLException failure, ResolvedConfig config) {
        return MysqlFailures.diagnose(failure);
    }
}
