package dev.headwater.connectors.internal.postgresql;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.JdbcDriver;
import dev.headwater.connectors.internal.JdbcKind;
import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.GatedSocketFactory;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL, by pgjdbc. Its properties: https://jdbc.postgresql.org/documentation/use/. */
public final class PostgresKind implements JdbcKind {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresKind.class);

    private static final int DEFAULT_PORT = 5432;
    private static final String APPLICATION_NAME = "ApplicationName";
    private static final String LOGIN_TIMEOUT = "loginTimeout";
    private static final String SSL_MODE = "sslmode";
    private static final String SSL_FACTORY = "sslfactory";

    private static final ExtraProperties EXTRA = new ExtraProperties(Map.ofEntries(
            Map.entry(APPLICATION_NAME, "[ -~]{0,63}"),
            Map.entry("binaryTransfer", ExtraProperties.FLAG),
            Map.entry("cancelSignalTimeout", ExtraProperties.COUNT),
            Map.entry("channelBinding", "disable|prefer|require"),
            // Held by the socket and its deadline, so the driver gets them and has no use for them.
            Map.entry("connectTimeout", ExtraProperties.COUNT),
            Map.entry(LOGIN_TIMEOUT, ExtraProperties.COUNT),
            Map.entry("gssEncMode", "disable"),
            Map.entry("defaultRowFetchSize", ExtraProperties.COUNT),
            Map.entry("preparedStatementCacheQueries", ExtraProperties.COUNT),
            Map.entry("preparedStatementCacheSizeMiB", ExtraProperties.COUNT),
            Map.entry("prepareThreshold", "-?" + ExtraProperties.COUNT),
            Map.entry("readOnly", ExtraProperties.FLAG),
            Map.entry("readOnlyMode", "ignore|transaction|always"),
            Map.entry("reWriteBatchedInserts", ExtraProperties.FLAG),
            Map.entry("socketTimeout", ExtraProperties.COUNT),
            Map.entry(SSL_MODE, "verify-full|verify-ca|require"),
            Map.entry("stringtype", "unspecified|varchar"),
            Map.entry("tcpKeepAlive", ExtraProperties.FLAG)));

    @Override
    public String id() {
        return "postgresql";
    }

    @Override
    public JdbcDriver driver() {
        return new JdbcDriver("org.postgresql.Driver", "org.postgresql:postgresql");
    }

    @Override
    public Login login(ResolvedConfig config) {
        refuseUnsupported(config);
        Endpoint endpoint = Endpoint.of(config.required("host"), config.number("port", DEFAULT_PORT));
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(APPLICATION_NAME, "Headwater");
        properties.put("tcpKeepAlive", "true");
        properties.put("user", text(config, "username"));
        // Without a password the driver would look for one in the .pgpass file of the host's user.
        properties.put("password", config.text("password").orElse(""));
        config.text("schema")
                .filter(schema -> !schema.isEmpty())
                .ifPresent(schema -> properties.put("currentSchema", quoted(noNul("schema", schema))));
        properties.putAll(EXTRA.of(config));
        addTls(config, properties);
        // A server must not get at the Kerberos tickets of the host's user.
        properties.put("gssEncMode", "disable");
        properties.put("requireAuth", "password,md5,scram-sha-256,none");
        // The deadline of a login is held by its socket; the driver would leave a thread behind.
        properties.put(LOGIN_TIMEOUT, "0");
        String url = "jdbc:postgresql://" + endpoint + "/" + percentEncoded(text(config, "database"));
        return new Login(url, properties, endpoint);
    }

    private static void refuseUnsupported(ResolvedConfig config) {
        if (config.flag("aws_iam_auth", false)) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    "this connector does not support AWS IAM authentication yet (aws_iam_auth is true)");
        }
    }

    private static void addTls(ResolvedConfig config, Map<String, String> properties) {
        if (!config.flag("ssl.enabled", true)) {
            if (properties.put(SSL_MODE, "disable") != null) {
                throw new ConnectorException(
                        FailureCode.INVALID_CONFIG, "extraProperties.sslmode needs ssl.enabled, which is false");
            }
            return;
        }
        properties.putIfAbsent(SSL_MODE, "verify-full");
        if ("require".equals(properties.get(SSL_MODE))) {
            LOG.warn("a PostgreSQL source has extraProperties.sslmode=require: its server is not verified");
            properties.put(SSL_FACTORY, "org.postgresql.ssl.NonValidatingFactory");
        } else {
            // The JVM's trust, not the files in .postgresql of the host's user.
            properties.put(SSL_FACTORY, "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
    }

    private static String text(ResolvedConfig config, String key) {
        String value = noNul(key, config.required(key));
        if (value.isEmpty()) {
            throw new ConnectorException(FailureCode.INVALID_CONFIG, key + " must not be empty");
        }
        return value;
    }

    /** The protocol ends texts with NUL, so one in a value would begin another parameter. */
    private static String noNul(String key, String value) {
        if (value.indexOf('\0') >= 0) {
            throw new ConnectorException(FailureCode.INVALID_CONFIG, key + " must not hold the character NUL");
        }
        return value;
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static String percentEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void useSocketFactory(Properties properties, String token) {
        properties.setProperty("socketFactory", GatedSocketFactory.class.getName());
        properties.setProperty("socketFactoryArg", token);
        properties.setProperty("classLoaderStrategy", "driver-first");
    }

    @Override
    public void boundAnswers(Properties properties, Duration timeout) {
        properties.setProperty("socketTimeout", Long.toString(Math.min(86_400, timeout.toSeconds() + 1)));
    }

    @Override
    public boolean readOnly(Login login) {
        return "true".equalsIgnoreCase(login.properties().getProperty("readOnly"));
    }

    @Override
    public String probeSql() {
        return "select 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1)";
    }

    @Override
    public CatalogQuery catalogQuery(ResolvedConfig config, long maxTables) {
        return PostgresCatalog.query(config.text("schema").orElse(""), maxTables);
    }

    @Override
    public CanonicalType canonicalType(String baseType) {
        return PostgresCatalog.canonicalType(baseType);
    }

    @Override
    public @Nullable Diagnosis diagnose(SQLException failure, ResolvedConfig config) {
        return PostgresFailures.diagnose(failure, config);
    }
}
