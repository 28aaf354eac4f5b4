package dev.headwater.connectors.internal.postgresql;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.JdbcKind;
import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.Texts;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.GatedSocketFactory;
import dev.headwater.connectors.internal.net.TlsSettings;
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

/**
 * What PostgreSQL and its relatives share: the login, by pgjdbc or a fork of it, with the properties that both know.
 * Immutable.
 */
public abstract class PostgresLikeKind implements JdbcKind {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresLikeKind.class);

    private static final String LOGIN_TIMEOUT = "loginTimeout";
    private static final String SSL_MODE = "sslmode";
    private static final String SSL_FACTORY = "sslfactory";

    private final String id;
    private final int defaultPort;
    private final String urlPrefix;
    private final String sslPackage;
    private final ExtraProperties extraProperties;

    /**
     * @param urlPrefix what stands before host and port, such as {@code jdbc:postgresql://}
     * @param sslPackage where the driver has its socket factories for TLS
     * @param extraProperties those that a source may have
     */
    protected PostgresLikeKind(
            String id, int defaultPort, String urlPrefix, String sslPackage, ExtraProperties extraProperties) {
        this.id = id;
        this.defaultPort = defaultPort;
        this.urlPrefix = urlPrefix;
        this.sslPackage = sslPackage;
        this.extraProperties = extraProperties;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final Login login(ResolvedConfig config) {
        Endpoint endpoint = Endpoint.of(config.required("host"), config.number("port", defaultPort));
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("ApplicationName", "Headwater");
        properties.put("tcpKeepAlive", "true");
        properties.put("user", Texts.required(config, "username"));
        // Without a password the driver would look for one in the .pgpass file of the host's user.
        properties.put("password", config.text("password").orElse(""));
        config.text("schema")
                .filter(schema -> !schema.isEmpty())
                .ifPresent(schema -> properties.put("currentSchema", quoted(Texts.noNul("schema", schema))));
        addDefaults(config, endpoint, properties);
        properties.putAll(extraProperties.of(config));
        addTls(config, properties);
        // The deadline of a login is held by its socket; the driver would leave a thread behind.
        properties.put(LOGIN_TIMEOUT, "0");
        harden(properties);
        String url = urlPrefix + endpoint + "/" + percentEncoded(Texts.required(config, "database"));
        return new Login(url, properties, endpoint);
    }

    /** Adds what the kind has in another way than the driver, and extra properties may change. */
    protected void addDefaults(ResolvedConfig config, Endpoint endpoint, Map<String, String> properties) {}

    /** Sets what no extra property may change. */
    protected void harden(Map<String, String> properties) {}

    private void addTls(ResolvedConfig config, Map<String, String> properties) {
        if (!config.flag("ssl.enabled", true)) {
            if (properties.containsKey(SSL_MODE)) {
                throw new ConnectorException(
                        FailureCode.INVALID_CONFIG, "extraProperties.sslmode needs ssl.enabled, which is false");
            }
            TlsSettings.warnOfPlainText(id, "ssl.enabled=false");
            disableTls(properties);
            return;
        }
        properties.putIfAbsent(SSL_MODE, "verify-full");
        if ("require".equals(properties.get(SSL_MODE))) {
            LOG.warn("a source of kind {} has extraProperties.sslmode=require: its server is not verified", id);
            properties.put(SSL_FACTORY, sslPackage + ".NonValidatingFactory");
        } else {
            if ("verify-ca".equals(properties.get(SSL_MODE))) {
                TlsSettings.warnOfAnyName(id, "extraProperties.sslmode=verify-ca");
            }
            // The JVM's trust, not the files in the home of the host's user.
            properties.put(SSL_FACTORY, sslPackage + ".DefaultJavaSSLFactory");
        }
    }

    /** Tells the driver to use plain text. */
    protected void disableTls(Map<String, String> properties) {
        properties.put(SSL_MODE, "disable");
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
    }

    @Override
    public final void boundAnswers(Properties properties, Duration timeout) {
        properties.setProperty("socketTimeout", Long.toString(Math.min(86_400, timeout.toSeconds() + 1)));
    }

    @Override
    public final boolean readOnly(Login login) {
        return "true".equalsIgnoreCase(login.properties().getProperty("readOnly"));
    }

    @Override
    public CanonicalType canonicalType(String baseType) {
        return PostgresCatalog.canonicalType(baseType);
    }

    @Override
    public final @Nullable Diagnosis diagnose(SQLException failure, ResolvedConfig config) {
        return PostgresFailures.diagnose(failure, fromServer(failure), config);
    }

    /** {@return whether the exception is what the server said, and not what the driver found} */
    protected abstract boolean fromServer(SQLException failure);
}
