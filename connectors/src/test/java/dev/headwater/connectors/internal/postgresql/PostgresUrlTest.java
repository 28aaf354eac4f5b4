package dev.headwater.connectors.internal.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.UrlContract;
import dev.headwater.spi.SecretValue;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

@Label("The URL of PostgreSQL, as pgjdbc itself parses it,")
class PostgresUrlTest extends UrlContract {

    PostgresUrlTest() {
        super(
                new PostgresKind(),
                "db?sslmode=disable",
                "db&socketFactory=x",
                "/db?user=postgres",
                "%3Fsslmode%3Ddisable",
                "::1]:1/x?[",
                "?service=x");
    }

    private static Properties parsed(Login login) {
        Properties parsed = Driver.parseURL(login.url(), login.properties());
        assertThat(parsed).as(login.url()).isNotNull();
        return parsed;
    }

    @Property(tries = 2_000)
    @Label("names the database of the config, and nothing else, whatever its name is")
    void database(@ForAll("hostile") String name) {
        Map<String, Object> config = config();
        config.put("database", name);
        if (name.indexOf('\0') >= 0) {
            assertRefused(config, "");
            return;
        }
        assertSameBut(PGProperty.PG_DBNAME, name, login(config));
    }

    @Property(tries = 2_000)
    @Label("keeps the user, the password and the schema out of the URL, whatever they are")
    void properties(@ForAll("hostile") String text) {
        Map<String, Object> config = config();
        config.put("username", text);
        config.put("password", SecretValue.of("secret:" + text));
        if (text.indexOf('\0') >= 0) {
            assertRefused(config, "");
            return;
        }
        Login login = login(config);
        assertThat(login.url()).isEqualTo("jdbc:postgresql://" + HOST + ":8444/db");
        assertThat(login).hasToString("Login");
        Properties parsed = parsed(login);
        assertThat(PGProperty.USER.getOrDefault(parsed)).isEqualTo(text);
        assertThat(PGProperty.PASSWORD.getOrDefault(parsed)).isEqualTo("secret:" + text);
    }

    @Property(tries = 2_000)
    @Label("leads to the host of the config or is refused, whatever the host is")
    void host(@ForAll("hostile") String host) {
        Map<String, Object> config = config();
        config.put("host", host);
        Throwable refusal = catchThrowable(() -> login(config));
        if (refusal == null) {
            assertSameBut(PGProperty.PG_HOST, parsedHost(host), login(config));
        } else {
            assertRefused(config, "");
        }
    }

    private static String parsedHost(String host) {
        return host.startsWith("[") ? host : host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    @Property
    @Label("carries every port and refuses what is none")
    void port(@ForAll @IntRange(min = -10, max = 70_000) int port) {
        Map<String, Object> config = config();
        config.put("port", (long) port);
        if (port < 1 || port > 65_535) {
            assertRefused(config, "");
        } else {
            assertSameBut(PGProperty.PG_PORT, Integer.toString(port), login(config));
        }
    }

    @Example
    @Label("takes none of the driver's properties that load classes, read files, or go elsewhere")
    void dangerous() {
        assertTakesOnly(
                Set.of(PGProperty.APPLICATION_NAME.getName()),
                Stream.of(PGProperty.values()).map(PGProperty::getName).toList(),
                "org.postgresql.ssl.NonValidatingFactory");
    }

    @Example
    @Label("takes IPv6 addresses, with and without brackets")
    void ipv6() {
        for (String host : List.of("::1", "[::1]", "2001:db8::7", "::ffff:10.0.0.1")) {
            Map<String, Object> config = config();
            config.put("host", host);
            Login login = login(config);
            assertSameBut(PGProperty.PG_HOST, parsedHost(host), login);
            assertThat(login.endpoint().host()).doesNotContain("[");
        }
        for (String host : List.of("[", "[]", "[db]", ":", ":::", "1:2", "fe80::1%eth0", "[::1]:5432", "[::1")) {
            Map<String, Object> config = config();
            config.put("host", host);
            assertRefused(config, "");
        }
    }

    /** All that the driver understands is as for the plain config, but for one property. */
    private void assertSameBut(PGProperty property, String value, Login login) {
        Properties expected = parsed(login(config()));
        expected.setProperty(property.getName(), value);
        assertThat(parsed(login)).as(login.url()).isEqualTo(expected);
    }
}
