package dev.headwater.connectors.internal.mssql;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.JdbcDriver;
import dev.headwater.connectors.internal.JdbcKind;
import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.GatedSocketFactory;
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
 * Microsoft SQL Server, by Microsoft's driver. Its properties:
 * https://learn.microsoft.com/en-us/sql/connect/jdbc/setting-the-connection-properties.
 */
public final class MssqlKind implements JdbcKind {

    private static final Logger LOG = LoggerFactory.getLogger(MssqlKind.class);

    private static final int DEFAULT_PORT = 1433;
    private static final String ENCRYPT = "encrypt";
    private static final String MULTI_SUBNET = "multiSubnetFailover";
    private static final String LOGIN_TIMEOUT = "loginTimeout";
    private static final String TRUST = "trustServerCertificate";

    private static final ExtraProperties EXTRA = new ExtraProperties(Map.ofEntries(
            Map.entry("applicationIntent", "(?i)ReadOnly|ReadWrite"),
            Map.entry("applicationName", "[ -~]{0,128}"),
            Map.entry(ENCRYPT, "true|strict"),
            Map.entry("hostNameInCertificate", "[A-Za-z0-9.*_-]{1,253}"),
            Map.entry("lockTimeout", ExtraProperties.COUNT),
            // Held by the socket and its deadline, and by the gate, which tries all addresses of a host.
            Map.entry(LOGIN_TIMEOUT, ExtraProperties.COUNT),
            Map.entry(MULTI_SUBNET, ExtraProperties.FLAG),
            Map.entry("packetSize", "[0-9]{3,5}"),
            Map.entry("queryTimeout", ExtraProperties.COUNT),
            Map.entry("sendStringParametersAsUnicode", ExtraProperties.FLAG),
            Map.entry("socketTimeout", ExtraProperties.COUNT),
            Map.entry(TRUST, ExtraProperties.FLAG)));

    private final boolean processCredentials;

    /** @param processCredentials whether a config without a login may use the managed identity of this process */
    public MssqlKind(boolean processCredentials) {
        this.processCredentials = processCredentials;
    }

    @Override
    public String id() {
        return "mssql";
    }

    @Override
    public JdbcDriver driver() {
        return new JdbcDriver("com.microsoft.sqlserver.jdbc.SQLServerDriver", "com.microsoft.sqlserver:mssql-jdbc");
    }

    @Override
    public Login login(ResolvedConfig config) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("applicationName", "Headwater");
        properties.putAll(EXTRA.of(config));
        Endpoint endpoint = endpoint(config);
        properties.put("serverName", endpoint.host());
        if (config.flag("ssh.enabled", false)) {
            // The driver looks up names itself, and this one means something on the other side of the tunnel.
            properties.put("serverName", "127.0.0.1");
            properties.putIfAbsent("hostNameInCertificate", endpoint.host());
        }
        properties.put("portNumber", Integer.toString(endpoint.port()));
        if (!config.flag("disable_database", false)) {
            config.text("database")
                    .filter(name -> !name.isEmpty())
                    .ifPresent(name -> properties.put("databaseName", name));
        }
        addTls(config, properties);
        MssqlAuthentication.add(config, properties, processCredentials);
        // The driver would open sockets of its own for these, or make a login last longer than its deadline.
        properties.put(MULTI_SUBNET, "false");
        properties.put("transparentNetworkIPResolution", "false");
        properties.put("connectRetryCount", "0");
        properties.put(LOGIN_TIMEOUT, "65535");
        return new Login("jdbc:sqlserver://", properties, endpoint);
    }

    /** {@return the host without the instance} */
    static String hostName(ResolvedConfig config) {
        String host = config.required("host");
        int instance = host.indexOf('\\');
        return instance < 0 ? host : host.substring(0, instance);
    }

    /** The port of a named instance would be looked up over UDP, past the network policy, so it has to be given. */
    private static Endpoint endpoint(ResolvedConfig config) {
        String host = hostName(config);
        long port = config.number("port", DEFAULT_PORT);
        if (port == DEFAULT_PORT && host.length() != config.required("host").length()) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    "host names an instance, whose port this connector does not look up; set port to the port of the"
                            + " instance (if that is 1433, leave out the instance)");
        }
        return Endpoint.of(host, port);
    }

    private static void addTls(ResolvedConfig config, Map<String, String> properties) {
        if (!config.flag("ssl.enabled", true)) {
            for (String key : new String[] {ENCRYPT, TRUST}) {
                if (properties.containsKey(key)) {
                    throw new ConnectorException(
                            FailureCode.INVALID_CONFIG,
                            "extraProperties." + key + " needs ssl.enabled, which is false");
                }
            }
            TlsSettings.warnOfPlainText("mssql", "ssl.enabled=false");
            properties.put(ENCRYPT, "false");
            return;
        }
        properties.putIfAbsent(ENCRYPT, "true");
        if (properties.get(ENCRYPT).equals("strict")) {
            addTrust(properties);
        }
        if (Boolean.parseBoolean(properties.get(TRUST))) {
            if (properties.get(ENCRYPT).equals("strict")) {
                throw new ConnectorException(
                        FailureCode.INVALID_CONFIG,
                        "extraProperties.trustServerCertificate has no effect with extraProperties.encrypt=strict; leave"
                                + " one of them out");
            }
            LOG.warn("a SQL Server source has extraProperties.trustServerCertificate=true: its server is not verified");
        }
    }

    /** With strict, the driver reads the file of the JVM's trust by itself, and leaves out how. */
    private static void addTrust(Map<String, String> properties) {
        for (String key : new String[] {"trustStorePassword", "trustStoreType"}) {
            String value = System.getProperty("javax.net.ssl." + key);
            if (value != null) {
                properties.put(key, value);
            }
        }
    }

    @Override
    public void useSocketFactory(Properties properties, String token) {
        properties.setProperty("socketFactoryClass", GatedSocketFactory.class.getName());
        properties.setProperty("socketFactoryConstructorArg", token);
    }

    @Override
    public void boundAnswers(Properties properties, Duration timeout) {
        properties.setProperty("socketTimeout", Long.toString(Math.min(86_400_000, timeout.toMillis() + 1_000)));
    }

    @Override
    public boolean streamsInTransactions() {
        return false;
    }

    @Override
    public String probeSql() {
        return "select 'SQL Server ' + cast(serverproperty('ProductVersion') as nvarchar(128))";
    }

    @Override
    public CatalogQuery catalogQuery(ResolvedConfig config, long maxTables) {
        return MssqlCatalog.query(maxTables);
    }

    @Override
    public CanonicalType canonicalType(String baseType) {
        return MssqlCatalog.canonicalType(baseType);
    }

    @Override
    public @Nullable Diagnosis diagnose(SQLException failure, ResolvedConfig config) {
        return MssqlFailures.diagnose(failure, config);
    }
}
