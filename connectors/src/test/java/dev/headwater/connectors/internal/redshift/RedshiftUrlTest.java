package dev.headwater.connectors.internal.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.amazon.redshift.Driver;
import com.amazon.redshift.RedshiftProperty;
import com.amazon.redshift.util.RedshiftProperties;
import dev.headwater.connectors.internal.Login;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("The URL of Redshift, as Amazon's driver itself parses it,")
class RedshiftUrlTest {

    private static final String HOST = "db.example.com";

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> any = Arbitraries.strings().ofMinLength(1).ofMaxLength(40);
        Arbitrary<String> separators = Arbitraries.strings()
                .withChars("/?&=#%+,;:@[]\\\"' .ab0\n\u00e9")
                .ofMinLength(1)
                .ofMaxLength(40);
        Arbitrary<String> attacks = Arbitraries.of(
                "db?ssl=false",
                "db;ssl=false",
                "db&socketFactory=x",
                "/db?user=root",
                "evil.example.com:1/db",
                "a@b",
                "%3Bssl%3Dfalse",
                "host,evil.example.com",
                "cluster.abc.us-east-1.redshift.amazonaws.com",
                "iam://evil",
                "::1]:1/x?[",
                "%");
        return Arbitraries.oneOf(any, separators, attacks)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    private static Map<String, Object> config() {
        Map<String, Object> config = new HashMap<>();
        config.put("host", HOST);
        config.put("port", 5440L);
        config.put("database", "db");
        config.put("username", "me");
        return config;
    }

    private static Login login(Map<String, Object> config) {
        return new RedshiftKind().login(ResolvedConfig.of(config));
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
            assertRefused(config);
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
        if (catchThrowable(() -> login(config)) == null) {
            Login login = login(config);
            assertThat(parsed(login)).containsEntry(RedshiftProperty.PORT.getName(), "5440");
            assertThat(parsed(login).get(RedshiftProperty.HOST.getName()).replaceAll("[\\[\\]]", ""))
                    .isEqualTo(host.replaceAll("[\\[\\]]", ""));
            assertThat(parsed(login).keySet())
                    .containsAll(parsed(login(config())).keySet());
        } else {
            assertRefused(config);
        }
    }

    @Property(tries = 1_000)
    @Label("takes no extra property that is not listed, whatever it is called")
    void extraKeys(@ForAll("hostile") String key) {
        Map<String, Object> config = config();
        config.put("extraProperties." + key, "x");
        assertRefused(config);
    }

    @Example
    @Label("takes none of the driver's properties that load classes, read files, go elsewhere, or verify less")
    void dangerous() {
        for (RedshiftProperty property : RedshiftProperty.values()) {
            for (String value : Set.of("org.example.Evil", "/etc/passwd", "true", "false", "disable", "1")) {
                Map<String, Object> config = config();
                config.put("extraProperties." + property.getName(), value);
                if (catchThrowable(() -> login(config)) == null) {
                    assertThat(property)
                            .isIn(
                                    RedshiftProperty.APPLICATION_NAME,
                                    RedshiftProperty.CONNECT_TIMEOUT,
                                    RedshiftProperty.DEFAULT_ROW_FETCH_SIZE,
                                    RedshiftProperty.LOGIN_TIMEOUT,
                                    RedshiftProperty.READ_ONLY,
                                    RedshiftProperty.SOCKET_TIMEOUT,
                                    RedshiftProperty.TCP_KEEP_ALIVE);
                }
            }
        }
    }

    private static void assertRefused(Map<String, Object> config) {
        assertThat(catchThrowable(() -> login(config)))
                .isInstanceOfSatisfying(
                        ConnectorException.class, e -> assertThat(e.failure()).isEqualTo(FailureCode.INVALID_CONFIG));
    }

    /** All that the driver understands is as for the plain config, but for some properties. */
    private static void assertSameBut(Map<RedshiftProperty, String> changes, Login login) {
        Map<String, String> expected = new TreeMap<>(parsed(login(config())));
        changes.forEach((property, value) -> expected.put(property.getName(), value));
        assertThat(parsed(login)).as(login.url()).isEqualTo(expected);
    }
}
