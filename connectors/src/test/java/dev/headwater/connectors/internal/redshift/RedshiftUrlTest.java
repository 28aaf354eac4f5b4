package dev.headwater.connectors.internal.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.redshift.Driver;
import com.amazon.redshift.RedshiftProperty;
import com.amazon.redshift.util.RedshiftProperties;
import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.UrlContract;
import dev.headwater.spi.SecretValue;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

@Label("The URL of Redshift, as Amazon's driver itself parses it,")
class RedshiftUrlTest extends UrlContract {

    RedshiftUrlTest() {
        super(
                new RedshiftKind(),
                "db?ssl=false",
                "db;ssl=false",
                "db&socketFactory=x",
                "/db?user=root",
                "%3Bssl%3Dfalse",
                "cluster.abc.us-east-1.redshift.amazonaws.com",
                "iam://evil",
                "::1]:1/x?[");
    }

    private static Map<String, String> parsed(Login login) {
        try {
            Properties parsed = Driver.parseURL(login.url(), new RedshiftProperties(login.properties()));
            assertThat(parsed).as(login.url()).isNotNull();
            Map<String, String> all = new TreeMap<>();
            parsed.stringPropertyNames().forEach(name -> all.put(name, parsed.getProperty(name)));
            return all;
        } catch (SQLException e) {
            throw new AssertionError(login.url(), e);
        }
    }

    @Property(tries = 1_000)
    @Label("names the database, the user and the password of the config, and nothing else, whatever they are")
    void texts(@ForAll("hostile") String text) {
        Map<String, Object> config = config();
        config.put("database", text);
        config.put("username", text);
        config.put("password", SecretValue.of("secret:" + text));
        if (text.indexOf('\0') >= 0) {
            assertRefused(config, "");
            return;
        }
        Login login = login(config);
        assertThat(login).hasToString("Login");
        assertThat(login.url()).doesNotContain("secret");
        assertSameBut(
                Map.of(
                        RedshiftProperty.DBNAME,
                        text,
                        RedshiftProperty.USER,
                        text,
                        RedshiftProperty.PASSWORD,
                        "secret:" + text),
                login);
    }

    @Property(tries = 1_000)
    @Label("leads to the host of the config or is refused, whatever the host is")
    void host(@ForAll("hostile") String host) {
        Map<String, Object> config = config();
        config.put("host", host);
        if (!refuses(config)) {
            Login login = login(config);
            assertThat(parsed(login)).containsEntry(RedshiftProperty.PORT.getName(), "8444");
            assertThat(parsed(login).get(RedshiftProperty.HOST.getName()).replaceAll("[\\[\\]]", ""))
                    .isEqualTo(host.replaceAll("[\\[\\]]", ""));
            assertThat(parsed(login).keySet())
                    .containsAll(parsed(login(config())).keySet());
        } else {
            assertRefused(config, "");
        }
    }

    @Example
    @Label("takes none of the driver's properties that load classes, read files, go elsewhere, or verify less")
    void dangerous() {
        assertTakesOnly(
                names(
                        RedshiftProperty.APPLICATION_NAME,
                        RedshiftProperty.CONNECT_TIMEOUT,
                        RedshiftProperty.DEFAULT_ROW_FETCH_SIZE,
                        RedshiftProperty.LOGIN_TIMEOUT,
                        RedshiftProperty.READ_ONLY,
                        RedshiftProperty.SOCKET_TIMEOUT,
                        RedshiftProperty.TCP_KEEP_ALIVE),
                names(RedshiftProperty.values()),
                "org.example.Evil",
                "/etc/passwd",
                "true",
                "false",
                "disable",
                "1");
    }

    private static Set<String> names(RedshiftProperty... properties) {
        return Stream.of(properties).map(RedshiftProperty::getName).collect(Collectors.toSet());
    }

    /** All that the driver understands is as for the plain config, but for some properties. */
    private void assertSameBut(Map<RedshiftProperty, String> changes, Login login) {
        Map<String, String> expected = new TreeMap<>(parsed(login(config())));
        changes.forEach((property, value) -> expected.put(property.getName(), value));
        assertThat(parsed(login)).as(login.url()).isEqualTo(expected);
    }
}
