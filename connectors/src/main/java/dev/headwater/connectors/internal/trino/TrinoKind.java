package dev.headwater.connectors.internal.trino;

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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trino, by its own driver. Its properties: https://trino.io/docs/current/client/jdbc.html. */
public final class TrinoKind implements JdbcKind {

    private static final Logger LOG = LoggerFactory.getLogger(TrinoKind.class);

    private static final String SSL = "SSL";
    private static final String SSL_VERIFICATION = "SSLVerification";
    private static final int HTTPS_PORT = 443;

    /** What may stand in the headers of HTTP that the driver makes of names. */
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");

    private static final String WORDS = "[ -~]{0,200}";

    private static final ExtraProperties EXTRA = new ExtraProperties(Map.of(
            SSL,
            ExtraProperties.FLAG,
            SSL_VERIFICATION,
            "FULL|CA|NONE",
            "applicationNamePrefix",
            WORDS,
            "clientInfo",
            WORDS,
            "clientTags",
            WORDS,
            "sessionProperties",
            "[A-Za-z0-9_.]+:[!-:<-~]*(;[A-Za-z0-9_.]+:[!-:<-~]*)*",
            "source",
            WORDS,
            "timezone",
            "[A-Za-z0-9_+:/-]{1,64}"));

    @Override
    public String id() {
        return "trino";
    }

    @Override
    public JdbcDriver driver() {
        return new JdbcDriver("io.trino.jdbc.TrinoDriver", "io.trino:trino-jdbc");
    }

    @Override
    public Login login(ResolvedConfig config) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("source", "Headwater");
        properties.putAll(EXTRA.of(config));
        Endpoint endpoint = Endpoint.of(config.required("host"), config.number("port", HTTPS_PORT));
        String username = printable(config, "username");
        properties.put("user", username);
        properties.put("catalog", name(config, "catalog"));
        properties.put("schema", name(config, "schema"));
        boolean tls =
                Boolean.parseBoolean(properties.getOrDefault(SSL, Boolean.toString(endpoint.port() == HTTPS_PORT)));
        properties.put(SSL, Boolean.toString(tls));
        checkTls(tls, properties);
        config.text("password").filter(password -> !password.isEmpty()).ifPresent(password -> {
            if (!tls) {
                throw invalid(
                        "password is set, but Trino takes passwords over TLS only; set extraProperties.SSL to true");
            }
            if (username.indexOf(':') >= 0) {
                throw invalid("username must not hold a colon where there is a password (RFC 7617)");
            }
            properties.put("password", password);
        });
        return new Login("jdbc:trino://" + endpoint, properties, endpoint);
    }

    private static void checkTls(boolean tls, Map<String, String> properties) {
        String verification = properties.get(SSL_VERIFICATION);
        if (!tls) {
            TlsSettings.warnOfPlainText("trino", "no extraProperties.SSL=true and another port than 443");
        }
        if (verification == null) {
            return;
        }
        if (!tls) {
            throw invalid("extraProperties.SSLVerification needs extraProperties.SSL to be true");
        }
        if (verification.equals("CA")) {
            TlsSettings.warnOfAnyName("trino", "extraProperties.SSLVerification=CA");
        } else if (verification.equals("NONE")) {
            LOG.warn("a Trino source has extraProperties.SSLVerification=NONE: its server is not verified");
        }
    }

    private static String printable(ResolvedConfig config, String key) {
        String value = config.required(key);
        if (!PRINTABLE.matcher(value).matches()) {
            throw invalid(key + " must not be empty and may hold printable ASCII characters only");
        }
        return value;
    }

    /** Trino's names have no upper case. */
    private static String name(ResolvedConfig config, String key) {
        return printable(config, key).toLowerCase(Locale.ENGLISH);
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
        properties.setProperty("socksProxy", proxy.host() + ":" + proxy.port());
    }

    @Override
    public void boundAnswers(Properties properties, Duration timeout) {
        properties.setProperty("timeout", Math.min(86_400_000, timeout.toMillis() + 1_000) + "ms");
    }

    /** The driver connects at the first query, and Trino looks for the catalog and the schema only then. */
    @Override
    public void confirm(Connection connection, ResolvedConfig config) throws SQLException {
        String schemata = '"' + name(config, "catalog").replace("\"", "\"\"") + "\".information_schema.schemata";
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from " + schemata + " where schema_name = ?")) {
            statement.setString(1, name(config, "schema"));
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new ConnectorException(
                            FailureCode.NO_SUCH_DATABASE,
                            String.valueOf(
                                    config.redact("there is no schema " + config.required("schema") + " in the catalog "
                                            + config.required("catalog") + ", or the user may not see it")),
                            "Check the name of the schema.");
                }
            }
        }
    }

    @Override
    public boolean streamsInTransactions() {
        return false;
    }

    @Override
    public String probeSql() {
        return "select 'Trino ' || version()";
    }

    @Override
    public CatalogQuery catalogQuery(ResolvedConfig config, long maxTables) {
        return TrinoCatalog.query(name(config, "catalog"), name(config, "schema"), maxTables);
    }

    @Override
    public CanonicalType canonicalType(String baseType) {
        return TrinoCatalog.canonicalType(baseType);
    }

    @Override
    public @Nullable Diagnosis diagnose(SQLException failure, ResolvedConfig config) {
        return TrinoFailures.diagnose(failure);
    }
}
