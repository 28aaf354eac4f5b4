package dev.headwater.connectors.internal.oracle;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.JdbcDriver;
import dev.headwater.connectors.internal.JdbcKind;
import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.GateProxy;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Oracle Database, by its thin driver. Its properties:
 * https://docs.oracle.com/en/database/oracle/oracle-database/23/jajdb/oracle/jdbc/OracleConnection.html.
 */
public final class OracleKind implements JdbcKind {

    private static final int DEFAULT_PORT = 1521;
    private static final String READ_TIMEOUT = "oracle.jdbc.ReadTimeout";
    private static final String PROGRAM = "v$session.program";

    /** As in the definition of the kind; here too, since it stands in the URL. */
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9._$#-]+");

    private static final ExtraProperties EXTRA = new ExtraProperties(Map.of(
            "defaultRowPrefetch",
            "[1-9][0-9]{0,5}",
            READ_TIMEOUT,
            ExtraProperties.COUNT,
            "oracle.net.CONNECT_TIMEOUT",
            ExtraProperties.COUNT,
            PROGRAM,
            "[ -~]{1,48}"));

    @Override
    public String id() {
        return "oracle";
    }

    @Override
    public JdbcDriver driver() {
        return new JdbcDriver("oracle.jdbc.OracleDriver", "com.oracle.database.jdbc:ojdbc17");
    }

    @Override
    public Login login(ResolvedConfig config) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(PROGRAM, "Headwater");
        properties.putAll(EXTRA.of(config));
        Endpoint endpoint = Endpoint.of(config.required("host"), config.number("port", DEFAULT_PORT));
        // With nothing in one of them the driver would look for credentials in a wallet or of the operating system.
        properties.put("user", notEmpty(config, "username"));
        properties.put("password", notEmpty(config, "password"));
        String service = notEmpty(config, "database");
        if (!SERVICE.matcher(service).matches()) {
            throw invalid("database must be a service name: letters, digits, dots, hyphens, and the characters _ $ #");
        }
        boolean tls = config.flag("ssl.enabled", true);
        if (tls) {
            properties.put("oracle.net.ssl_server_dn_match", "true");
        } else {
            TlsSettings.warnOfPlainText("oracle", "ssl.enabled=false");
        }
        // Urgent data does not pass proxies and tunnels; without it the driver breaks off queries in another way.
        properties.put("oracle.net.disableOob", "true");
        return new Login(url(tls, endpoint, service), properties, endpoint);
    }

    /** A whole descriptor, so that the driver finds nothing to look up in files of the host. */
    private static String url(boolean tls, Endpoint endpoint, String service) {
        return "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=" + (tls ? "tcps" : "tcp") + ")(HOST="
                + endpoint.host() + ")(PORT=" + endpoint.port() + "))(CONNECT_DATA=(SERVICE_NAME=" + service + ")))";
    }

    private static String notEmpty(ResolvedConfig config, String key) {
        String value = config.required(key);
        if (value.isEmpty()) {
            throw invalid(key + " must not be empty");
        }
        return value;
    }

    private static ConnectorException invalid(String message) {
        return new ConnectorException(FailureCode.INVALID_CONFIG, message);
    }

    @Override
    public boolean proxied() {
        return true;
    }

    @Override
    public void useProxy(Properties properties, GateProxy proxy) {
        properties.setProperty("oracle.net.socksProxyHost", proxy.host());
        properties.setProperty("oracle.net.socksProxyPort", Integer.toString(proxy.port()));
        properties.setProperty("oracle.net.socksRemoteDNS", "true");
    }

    @Override
    public void boundAnswers(Properties properties, Duration timeout) {
        properties.setProperty(READ_TIMEOUT, Long.toString(Math.min(86_400_000, timeout.toMillis() + 1_000)));
    }

    @Override
    public boolean streamsInTransactions() {
        return false;
    }

    @Override
    public String probeSql() {
        return "select 'Oracle ' || version from product_component_version where product like 'Oracle%'";
    }

    @Override
    public CatalogQuery catalogQuery(ResolvedConfig config, long maxTables) {
        return OracleCatalog.query(maxTables);
    }

    @Override
    public CanonicalType canonicalType(String baseType) {
        return OracleCatalog.canonicalType(baseType);
    }

    @Override
    public @Nullable Diagnosis diagnose(SQLException failure, ResolvedConfig config) {
        return OracleFailures.diagnose(failure);
    }
}
