package dev.headwater.connectors.internal.snowflake;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.JdbcDriver;
import dev.headwater.connectors.internal.JdbcKind;
import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.GateProxy;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Snowflake, by its own driver. Its properties:
 * https://docs.snowflake.com/en/developer-guide/jdbc/jdbc-parameters. Not final, so that tests can lead it to a stub.
 */
public class SnowflakeKind implements JdbcKind {

    private static final int HTTPS_PORT = 443;
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern CHINA = Pattern.compile(".*\\.cn-[a-z0-9-]+(\\..*)?");
    private static final String LOGIN_TIMEOUT = "loginTimeout";
    private static final String NETWORK_TIMEOUT = "networkTimeout";

    /** The least that the driver takes, in seconds. */
    private static final long SHORTEST_TIMEOUT = 1;

    private static final ExtraProperties EXTRA = new ExtraProperties(Map.of(
            "CLIENT_SESSION_KEEP_ALIVE",
            ExtraProperties.FLAG,
            "application",
            "[A-Za-z][A-Za-z0-9._-]{1,50}",
            LOGIN_TIMEOUT,
            ExtraProperties.COUNT,
            NETWORK_TIMEOUT,
            ExtraProperties.COUNT,
            "queryTimeout",
            ExtraProperties.COUNT));

    /** What the driver would do beside its work, with the files of the host, with other hosts, and with Arrow. */
    private static final Map<String, String> QUIET = Map.ofEntries(
            // PUT and GET copy files of this machine.
            Map.entry("enablePutGet", "false"),
            Map.entry("clientStoreTemporaryCredential", "false"),
            Map.entry("clientRequestMfaToken", "false"),
            Map.entry("disableConsoleLogin", "true"),
            // It asks the metadata services of clouds where it runs, in order to tell Snowflake.
            Map.entry("disablePlatformDetection", "true"),
            Map.entry("CLIENT_OUT_OF_BAND_TELEMETRY_ENABLED", "false"),
            Map.entry("htapOOBTelemetryEnabled", "false"),
            Map.entry("CLIENT_TELEMETRY_ENABLED", "false"),
            // It asks third parties about certificates, and keeps the answers in the home directory.
            Map.entry("disableOCSPChecks", "true"),
            // Arrow needs the JVM to open java.nio.
            Map.entry("JDBC_QUERY_RESULT_FORMAT", "JSON"),
            Map.entry("maxHttpRetries", "1"),
            Map.entry("validateDefaultParameters", "true"));

    @Override
    public String id() {
        return "snowflake";
    }

    @Override
    public JdbcDriver driver() {
        return new JdbcDriver("net.snowflake.client.api.driver.SnowflakeDriver", "net.snowflake:snowflake-jdbc");
    }

    @Override
    public Login login(ResolvedConfig config) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("application", "Headwater");
        properties.putAll(EXTRA.of(config));
        properties.putAll(QUIET);
        String account = account(config);
        Endpoint endpoint = endpoint(config);
        int region = account.indexOf('.');
        properties.put("account", region < 0 ? account : account.substring(0, region));
        properties.put("user", config.required("username"));
        properties.put("db", config.required("database"));
        properties.put("warehouse", config.required("warehouse"));
        for (String key : new String[] {"schema", "role"}) {
            config.text(key).filter(value -> !value.isEmpty()).ifPresent(value -> properties.put(key, value));
        }
        addCredentials(config, properties);
        return new Login("jdbc:snowflake://" + endpoint + "/", properties, endpoint);
    }

    private static String account(ResolvedConfig config) {
        String account = config.required("account");
        if (!ACCOUNT.matcher(account).matches()) {
            throw invalid("account must be an account identifier such as xy12345.us-east-1 or org-account");
        }
        return account.toLowerCase(Locale.ROOT);
    }

    /** https://docs.snowflake.com/en/user-guide/organizations-connect: hosts have hyphens where accounts have underscores. */
    Endpoint endpoint(ResolvedConfig config) {
        String account = account(config);
        String domain = CHINA.matcher(account).matches() ? ".snowflakecomputing.cn" : ".snowflakecomputing.com";
        return Endpoint.of(account.replace('_', '-') + domain, HTTPS_PORT);
    }

    private static void addCredentials(ResolvedConfig config, Map<String, String> properties) {
        boolean keyPair = config.text("auth_method").map("key_pair"::equals).orElseGet(() -> config.has("private_key"));
        if (!keyPair) {
            properties.put("authenticator", "snowflake");
            properties.put("password", config.required("password"));
            return;
        }
        byte[] key = config.required("private_key").getBytes(StandardCharsets.UTF_8);
        properties.put("authenticator", "snowflake_jwt");
        properties.put("private_key_base64", Base64.getEncoder().encodeToString(key));
        config.text("private_key_passphrase")
                .filter(passphrase -> !passphrase.isEmpty())
                .ifPresent(passphrase -> properties.put("private_key_pwd", passphrase));
    }

    private static ConnectorException invalid(String message) {
        return new ConnectorException(FailureCode.INVALID_CONFIG, message);
    }

    @Override
    public boolean proxied() {
        return true;
    }

    @Override
    public boolean proxyLogin() {
        return true;
    }

    @Override
    public void useProxy(Properties properties, GateProxy proxy) {
        properties.setProperty("useProxy", "true");
        properties.setProperty("proxyProtocol", "http");
        properties.setProperty("proxyHost", proxy.host());
        properties.setProperty("proxyPort", Integer.toString(proxy.port()));
        GateProxy.ProxyUser user = proxy.user();
        if (user != null) {
            properties.setProperty("proxyUser", user.name());
            properties.setProperty("proxyPassword", user.password());
        }
    }

    @Override
    public void forgetProxy(GateProxy proxy) {
        SnowflakeHttpClients.end(proxy.host(), proxy.port());
    }

    @Override
    public void boundAnswers(Properties properties, Duration timeout) {
        String seconds = Long.toString(Math.max(SHORTEST_TIMEOUT, Math.min(86_400, timeout.toSeconds() + 1)));
        properties.setProperty(LOGIN_TIMEOUT, seconds);
        properties.setProperty(NETWORK_TIMEOUT, Long.toString(Long.parseLong(seconds) * 1_000));
    }

    @Override
    public boolean streamsInTransactions() {
        return false;
    }

    @Override
    public String probeSql() {
        return "select 'Snowflake ' || current_version()";
    }

    @Override
    public CatalogQuery catalogQuery(ResolvedConfig config, long maxTables) {
        return SnowflakeCatalog.query(!config.text("schema").orElse("").isEmpty(), maxTables);
    }

    @Override
    public CanonicalType canonicalType(String baseType) {
        return SnowflakeCatalog.canonicalType(baseType);
    }

    @Override
    public @Nullable Diagnosis diagnose(SQLException failure, ResolvedConfig config) {
        return SnowflakeFailures.diagnose(failure);
    }
}
