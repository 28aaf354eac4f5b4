package dev.headwater.connectors.internal.clickhouse;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.Failures;
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
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** ClickHouse, over HTTP. Its driver's properties: https://clickhouse.com/docs/integrations/java/jdbc-v2. */
public final class ClickhouseKind implements JdbcKind {

    private static final int DEFAULT_PORT = 8443;
    private static final String DATABASE = "database";
    private static final String MAX_EXECUTION_TIME = "max_execution_time";

    private static final List<String> WIRE_LOGS =
            List.of("org.apache.hc.client5.http.headers", "org.apache.hc.client5.http.wire");

    private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");

    private static final ExtraProperties EXTRA = new ExtraProperties(Map.of(
            "client_name",
            "[ -~]{0,200}",
            "compress",
            ExtraProperties.FLAG,
            "connection_timeout",
            ExtraProperties.COUNT,
            MAX_EXECUTION_TIME,
            ExtraProperties.COUNT,
            "socket_timeout",
            ExtraProperties.COUNT));

    @Override
    public String id() {
        return "clickhouse";
    }

    @Override
    public JdbcDriver driver() {
        return new JdbcDriver("com.clickhouse.jdbc.Driver", "com.clickhouse:clickhouse-jdbc");
    }

    @Override
    public Login login(ResolvedConfig config) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("client_name", "Headwater");
        properties.putAll(EXTRA.of(config));
        String limit = properties.remove(MAX_EXECUTION_TIME);
        if (limit != null) {
            // The server's setting, in seconds. The driver's own property of this name does nothing.
            properties.put("clickhouse_setting_" + MAX_EXECUTION_TIME, limit);
        }
        Endpoint endpoint = Endpoint.of(config.required("host"), config.number("port", DEFAULT_PORT));
        properties.put("user", username(config));
        properties.put("password", config.text("password").orElse(""));
        config.text(DATABASE).filter(name -> !name.isEmpty()).ifPresent(name -> properties.put(DATABASE, header(name)));
        boolean tls = config.flag("ssl.enabled", true);
        if (!tls) {
            TlsSettings.warnOfPlainText("clickhouse", "ssl.enabled=false");
        }
        properties.put("ssl", Boolean.toString(tls));
        // Time is the deadline's; and a refusal is told at once.
        properties.put("retry", "0");
        properties.put("client_retry_on_failures", "None");
        return new Login("jdbc:clickhouse:" + (tls ? "https" : "http") + "://" + endpoint, properties, endpoint);
    }

    private static String username(ResolvedConfig config) {
        String username = config.required("username");
        if (username.indexOf(':') >= 0) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG, "username must not hold a colon, as logins over HTTP go (RFC 7617)");
        }
        return username;
    }

    /** The driver sends the name as a header. */
    private static String header(String database) {
        if (!PRINTABLE.matcher(database).matches()) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG, "database may hold printable ASCII characters only");
        }
        return database;
    }

    @Override
    public boolean proxied() {
        return true;
    }

    @Override
    public void useProxy(Properties properties, GateProxy proxy) {
        refuseWireLogs();
        properties.setProperty("proxy_type", "HTTP");
        properties.setProperty("proxy_host", proxy.host());
        properties.setProperty("proxy_port", Integer.toString(proxy.port()));
    }

    /** The driver's HTTP client logs the header with the password, and can be told not to only by the levels of its loggers. */
    private static void refuseWireLogs() {
        for (String name : WIRE_LOGS) {
            if (LoggerFactory.getLogger(name).isDebugEnabled()) {
                throw Failures.revealingLog(
                        name, "DEBUG", "passwords", "Set the level of org.apache.hc.client5.http to INFO.");
            }
        }
    }

    @Override
    public void boundAnswers(Properties properties, Duration timeout) {
        properties.setProperty("socket_timeout", Long.toString(Math.min(86_400_000, timeout.toMillis() + 1_000)));
    }

    /** The driver asks the server for its version when it connects, and takes no as an answer. */
    @Override
    public void confirm(Connection connection, ResolvedConfig config) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select currentUser()")) {
            rows.next();
        }
    }

    @Override
    public boolean streamsInTransactions() {
        return false;
    }

    @Override
    public String probeSql() {
        return "select concat('ClickHouse ', version())";
    }

    @Override
    public CatalogQuery catalogQuery(ResolvedConfig config, long maxTables) {
        return ClickhouseCatalog.query(config.text(DATABASE).orElse(""), maxTables);
    }

    @Override
    public CanonicalType canonicalType(String baseType) {
        return ClickhouseCatalog.canonicalType(baseType);
    }

    @Override
    public @Nullable Diagnosis diagnose(SQLException failure, ResolvedConfig config) {
        return ClickhouseFailures.diagnose(failure);
    }
}
