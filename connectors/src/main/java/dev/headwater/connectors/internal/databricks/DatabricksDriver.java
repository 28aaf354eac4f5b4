package dev.headwater.connectors.internal.databricks;

import dev.headwater.connectors.internal.DriverKind;
import dev.headwater.connectors.internal.Failures;
import dev.headwater.connectors.internal.JdbcDriver;
import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.GateProxy;
import dev.headwater.connectors.internal.rest.Refusal;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ResolvedConfig;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Pools of Databricks' own driver. Its properties:
 * https://docs.databricks.com/aws/en/integrations/jdbc-oss/properties.
 */
final class DatabricksDriver implements DriverKind {

    private static final Pattern STATUS = Pattern.compile("\\(HTTP (\\d{3})\\)");

    /** The driver's own status for what failed without an answer. */
    private static final String NO_ANSWER = "523";

    private static final List<String> WIRE_LOGS =
            List.of("com.databricks.internal.apache.http.headers", "com.databricks.internal.apache.http.wire");

    /** What the driver would do beside its work, with files of the host and with other servers. */
    private static final Map<String, String> QUIET = Map.ofEntries(
            // The statement execution API, as for tests and schemas; the other one is Thrift.
            Map.entry("UseThriftClient", "0"),
            // What the server must know of; the driver would ask it first.
            Map.entry("UseBoundedSeaApi", "0"),
            Map.entry("EnableThriftNativeMetadata", "0"),
            Map.entry("EnableTelemetry", "0"),
            Map.entry("ForceEnableTelemetry", "0"),
            Map.entry("TelemetryLogLevel", "OFF"),
            // The token goes to the workspace alone, and is not exchanged for another.
            Map.entry("EnableTokenFederation", "0"),
            Map.entry("EnableTokenCache", "0"),
            Map.entry("LogLevel", "OFF"),
            Map.entry("UseSystemProxy", "0"),
            // No volume command copies files of this machine.
            Map.entry("VolumeOperationAllowedLocalPaths", ""),
            Map.entry("StagingAllowedLocalPaths", ""));

    private final DatabricksKind kind;

    DatabricksDriver(DatabricksKind kind) {
        this.kind = kind;
    }

    @Override
    public String id() {
        return kind.id();
    }

    @Override
    public JdbcDriver driver() {
        return new JdbcDriver("com.databricks.client.jdbc.Driver", "com.databricks:databricks-jdbc");
    }

    @Override
    public Login login(ResolvedConfig config) {
        HttpUrl site = kind.site(config);
        Endpoint endpoint = Endpoint.of(site.host(), site.port());
        Map<String, String> properties = new LinkedHashMap<>(kind.extra().of(config));
        properties.putAll(QUIET);
        properties.putIfAbsent("UserAgentEntry", "Headwater");
        properties.put("HttpPath", config.required("http_path"));
        config.text("database")
                .filter(schema -> !schema.isEmpty())
                .ifPresent(schema -> properties.put("ConnSchema", schema));
        properties.put("AuthMech", "11");
        properties.put("Auth_Flow", "0");
        properties.put("ssl", site.isHttps() ? "1" : "0");
        return new Login("jdbc:databricks://" + endpoint, properties, endpoint);
    }

    /** A service principal's secret is not for the driver, which would send it wherever the workspace says. */
    @Override
    public void addToken(Properties properties, Login login, ConnectionTarget target) {
        refuseWireLogs();
        properties.setProperty("Auth_AccessToken", kind.token(target));
    }

    /** The driver's HTTP client logs headers with the token, and can be told not to only by the levels of its loggers. */
    private static void refuseWireLogs() {
        for (String name : WIRE_LOGS) {
            if (Logger.getLogger(name).isLoggable(Level.FINE)) {
                throw Failures.revealingLog(
                        name,
                        "FINE",
                        "tokens",
                        "Set the level of com.databricks.internal.apache.http to INFO, in java.util.logging.");
            }
        }
    }

    @Override
    public boolean proxied() {
        return true;
    }

    @Override
    public boolean sleepsBetweenTries() {
        return true;
    }

    @Override
    public boolean proxyLogin() {
        return true;
    }

    @Override
    public void useProxy(Properties properties, GateProxy proxy) {
        // Downloads of results from cloud storage go through it as well, if they have no proxy of their own.
        properties.setProperty("UseCFProxy", "0");
        properties.setProperty("ProxyIgnoreList", "");
        properties.setProperty("UseProxy", "1");
        properties.setProperty("ProxyHost", proxy.host());
        properties.setProperty("ProxyPort", Integer.toString(proxy.port()));
        GateProxy.ProxyUser user = proxy.user();
        if (user != null) {
            properties.setProperty("ProxyAuth", "1");
            properties.setProperty("ProxyUID", user.name());
            properties.setProperty("ProxyPWD", user.password());
        }
    }

    /** The driver's own codes tell less than the server's status, which it adds to its message. */
    @Override
    public @Nullable Diagnosis diagnose(SQLException failure, ResolvedConfig config) {
        Matcher status = STATUS.matcher(String.valueOf(failure.getMessage()));
        return status.find() && !status.group(1).equals(NO_ANSWER)
                ? Diagnosis.of(
                        Refusal.ofStatus(Integer.parseInt(status.group(1)), "").code())
                : null;
    }
}
