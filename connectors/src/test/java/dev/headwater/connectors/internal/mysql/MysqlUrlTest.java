package dev.headwater.connectors.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.UrlContract;
import dev.headwater.spi.SecretValue;
import java.lang.reflect.Field;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.mariadb.jdbc.Configuration;

@Label("The URL of MySQL, as MariaDB's driver itself parses it,")
class MysqlUrlTest extends UrlContract {

    MysqlUrlTest() {
        super(
                MysqlKind.mysql(),
                "db?sslMode=disable",
                "db&socketFactory=x",
                "/db?user=root",
                "%3FsslMode%3Ddisable",
                "address=(host=evil.example.com)(port=1)(type=primary)",
                "::1]:1/x?[",
                "sequential:",
                "(pipe=x)");
    }

    private static Configuration parsed(Login login) {
        try {
            return Configuration.parse(login.url(), login.properties());
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
        assertThat(login.url()).isEqualTo("jdbc:mariadb://" + HOST + ":8444/");
        assertThat(login).hasToString("Login");
        assertSameBut(Map.of("database", text, "user", text, "password", "secret:" + text), login);
    }

    @Property(tries = 1_000)
    @Label("leads to the host of the config or is refused, whatever the host is")
    void host(@ForAll("hostile") String host) {
        Map<String, Object> config = config();
        config.put("host", host);
        Throwable refusal = catchThrowable(() -> login(config));
        if (refusal == null) {
            assertSameBut(Map.of("addresses", "[" + host + ":8444]"), login(config));
        } else {
            assertRefused(config, "");
        }
    }

    @Example
    @Label("takes none of the driver's properties that load classes, read files, go elsewhere, or verify less")
    void dangerous() {
        assertTakesOnly(
                Set.of(
                        "cachePrepStmts",
                        "connectionTimeZone",
                        "rewriteBatchedStatements",
                        "tcpKeepAlive",
                        "tinyInt1isBit",
                        "useBulkStmts",
                        "useCompression",
                        "useServerPrepStmts"),
                Stream.of(Configuration.Builder.class.getDeclaredFields())
                        .map(Field::getName)
                        .toList(),
                "org.example.Evil",
                "/etc/passwd",
                "true",
                "false",
                "disable");
    }

    @Example
    @Label("turns off what a server could turn against its client")
    void hardened() {
        Configuration configuration = parsed(login(config()));
        assertThat(configuration.allowLocalInfile()).isFalse();
        assertThat(configuration.permitRedirect()).isFalse();
        assertThat(configuration.deferCertificateValidation()).isFalse();
        assertThat(configuration.allowPublicKeyRetrieval()).isFalse();
        assertThat(configuration.restrictedAuth()).doesNotContain("gssapi", "dialog");
        assertThat(configuration.sslMode()).hasToString("VERIFY_FULL");
        assertThat(configuration.nonMappedOptions()).isEmpty();
    }

    @Example
    @Label("takes IPv6 addresses, with and without brackets")
    void ipv6() {
        for (String host : List.of("::1", "[::1]", "2001:db8::7", "::ffff:10.0.0.1")) {
            Map<String, Object> config = config();
            config.put("host", host);
            String bare = host.replaceAll("[\\[\\]]", "");
            assertSameBut(Map.of("addresses", "[" + bare + ":8444]"), login(config));
        }
        for (String host : List.of("[", "[]", "[db]", ":", ":::", "1:2", "fe80::1%eth0", "[::1]:5432", "[::1", "")) {
            Map<String, Object> config = config();
            config.put("host", host);
            assertRefused(config, "");
        }
    }

    /** All that the driver understands is as for the plain config, but for some fields. */
    private void assertSameBut(Map<String, Object> changes, Login login) {
        Configuration plain = parsed(login(config()));
        Configuration parsed = parsed(login);
        for (Field field : Configuration.class.getDeclaredFields()) {
            // The URL as the driver would write it, and the codecs, which have no equality.
            if (java.lang.reflect.Modifier.isStatic(field.getModifiers())
                    || Set.of("initialUrl", "codecs").contains(field.getName())) {
                continue;
            }
            assertThat(value(field, parsed))
                    .as(field.getName())
                    .isEqualTo(changes.getOrDefault(field.getName(), value(field, plain)));
        }
    }

    private static Object value(Field field, Configuration configuration) {
        try {
            field.setAccessible(true);
            Object value = field.get(configuration);
            // host and port, as text, since its class has no equality
            return field.getName().equals("addresses") ? String.valueOf(value) : value;
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
