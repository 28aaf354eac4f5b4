package dev.headwater.connectors.internal.mssql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.UrlContract;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

@Label("The URL of SQL Server, as Microsoft's driver parses it,")
class MssqlUrlTest extends UrlContract {

    MssqlUrlTest() {
        super(
                new MssqlKind(false),
                "db;encrypt=false",
                "db;trustServerCertificate=true",
                "}",
                "{db}",
                "db;socketFactoryClass=x",
                "host\\a;b");
    }

    private static Login loginAsProcess(Map<String, Object> config) {
        return new MssqlKind(true).login(ResolvedConfig.of(config));
    }

    private static Map<String, String> parsed(Login login) throws SQLException {
        Map<String, String> parsed = new TreeMap<>();
        for (DriverPropertyInfo info : new SQLServerDriver().getPropertyInfo(login.url(), login.properties())) {
            parsed.put(info.name, String.valueOf(info.value));
        }
        return parsed;
    }

    @Property(tries = 500)
    @Label("names the host, the database and the user of the config, and nothing else, whatever they are")
    void names(@ForAll("hostile") String database, @ForAll("hostile") String user) throws SQLException {
        Map<String, Object> config = config();
        config.put("database", database);
        config.put("username", user);
        Login login = login(config);
        assertThat(login.url()).isEqualTo("jdbc:sqlserver://");
        Map<String, String> expected = parsed(login(config()));
        expected.put("databaseName", database);
        expected.put("user", user);
        assertThat(parsed(login)).isEqualTo(expected);
    }

    @Property(tries = 500)
    @Label("leads to the host of the config or is refused, whatever the host is")
    void host(@ForAll("hostile") String host) throws SQLException {
        Map<String, Object> config = config();
        config.put("host", host);
        if (refuses(config)) {
            assertRefused(config, "host");
            return;
        }
        Map<String, String> expected = parsed(login(config()));
        expected.put("serverName", login(config).endpoint().host());
        assertThat(parsed(login(config))).isEqualTo(expected);
    }

    @Example
    @Label("takes none of the driver's properties but for the listed ones")
    void dangerous() throws SQLException {
        assertTakesOnly(Set.of("applicationName"), parsed(login(config())).keySet(), "{x}");
    }

    @Example
    @Label("asks for a verified and encrypted connection, unless the config says otherwise")
    void tls() throws SQLException {
        assertThat(parsed(login(config())))
                .containsEntry("encrypt", "True")
                .containsEntry("trustServerCertificate", "false");
        Map<String, Object> plain = config();
        plain.put("ssl.enabled", false);
        assertThat(parsed(login(plain))).containsEntry("encrypt", "False");
        plain.put("extraProperties.encrypt", "strict");
        assertRefused(plain, "needs ssl.enabled");
        Map<String, Object> strict = config();
        strict.put("extraProperties.encrypt", "strict");
        strict.put("extraProperties.trustServerCertificate", "true");
        assertRefused(strict, "no effect");
    }

    @Example
    @Label("leads to a named instance by its port, which has to be given")
    void instance() {
        Map<String, Object> config = config();
        config.put("host", HOST + "\\reports");
        assertThat(login(config).endpoint()).hasToString(HOST + ":8444");
        config.put("port", 1433L);
        assertRefused(config, "set port to the port of the instance");
    }

    @Example
    @Label("leaves the name of the host to the other side of a tunnel, and verifies it all the same")
    void tunnel() throws SQLException {
        Map<String, Object> config = config();
        config.put("ssh.enabled", true);
        assertThat(login(config).endpoint()).hasToString(HOST + ":8444");
        assertThat(parsed(login(config)))
                .containsEntry("serverName", "127.0.0.1")
                .containsEntry("hostNameInCertificate", HOST);
    }

    @Example
    @Label("names no database where the config leaves it out")
    void noDatabase() throws SQLException {
        Map<String, Object> config = config();
        config.put("disable_database", true);
        assertThat(parsed(login(config))).containsEntry("databaseName", "");
    }

    @Example
    @Label(
            "logs in as a service principal or as the managed identity only with Microsoft's library, which is named; as the latter only if the host lets it")
    void entra() {
        Map<String, Object> config = config();
        config.remove("username");
        config.remove("password");
        config.put("host", "shop.database.windows.net");
        assertRefused(config, "this application lets no data source use its own managed identity");
        assertMissing(() -> loginAsProcess(config));
        config.put("host", "db.example.com");
        assertThat(catchThrowable(() -> loginAsProcess(config)))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("verified hosts of Azure only");
        config.put("client_id", "id");
        config.put("client_secret", SecretValue.of("a secret"));
        config.put("tenant_id", "tenant");
        assertMissing(() -> login(config));
        config.put("ssl.enabled", false);
        assertRefused(config, "client_id needs ssl.enabled");
    }

    private static void assertMissing(ThrowingCallable login) {
        assertThat(catchThrowable(login)).isInstanceOfSatisfying(ConnectorException.class, e -> {
            assertThat(e.failure()).isEqualTo(FailureCode.DRIVER_MISSING);
            assertThat(e.hint()).contains("com.azure:azure-identity");
        });
    }
}
