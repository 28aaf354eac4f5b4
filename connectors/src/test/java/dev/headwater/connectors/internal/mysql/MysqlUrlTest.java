package dev.headwater.connectors.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.connectors.internal.Login;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.mariadb.jdbc.Configuration;

@Label("The URL of MySQL, as MariaDB's driver itself parses it,")
class MysqlUrlTest {

    private static final String HOST = "db.example.com";

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> any = Arbitraries.strings().ofMinLength(1).ofMaxLength(40);
        Arbitrary<String> separators = Arbitraries.strings()
                .withChars("/?&=#%+,;:@()[]\\\"' .ab0\n\u00e9")
                .ofMinLength(1)
                .ofMaxLength(40);
        Arbitrary<String> attacks = Arbitraries.of(
                "db?sslMode=disable",
                "db&socketFactory=x",
                "/db?user=root",
                "evil.example.com:1/db",
                "a@b",
                "%3FsslMode%3Ddisable",
                "host,evil.example.com",
                "address=(host=evil.example.com)(port=1)(type=primary)",
                "localhost/x?",
                "::1]:1/x?[",
                "sequential:",
                "(pipe=x)",
                "..",
                "%");
        return Arbitraries.oneOf(any, separators, attacks)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    private static Map<String, Object> config() {
        Map<String, Object> config = new HashMap<>();
        config.put("host", HOST);
        config.put("port", 3307L);
        config.put("database", "db");
        config.put("username", "me");
        return config;
    }

    private static Login login(Map<String, Object> config) {
        return MysqlKind.mysql().login(ResolvedConfig.of(config));
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
            assertRefused(config);
            return;
        }
        Login login = login(config);
        assertThat(login.url()).isEqualTo("jdbc:mariadb://" + HOST + ":3307/");
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
            assertSameBut(Map.of("addresses", "[" + host + ":3307]"), login(config));
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
        for (Field field : Configuration.Builder.class.getDeclaredFields()) {
            for (String value : List.of("org.example.Evil", "/etc/passwd", "true", "false", "disable")) {
                Map<String, Object> config = config();
                config.put("extraProperties." + field.getName(), value);
                if (catchThrowable(() -> login(config)) == null) {
                    assertThat(field.getName())
                            .isIn(Set.of(
                                    "cachePrepStmts",
                                    "connectionTimeZone",
                                    "rewriteBatchedStatements",
                                    "tcpKeepAlive",
                                    "tinyInt1isBit",
                                    "useBulkStmts",
                                    "useCompression",
                                    "useServerPrepStmts"));
                }
            }
        }
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
            assertSameBut(Map.of("addresses", "[" + bare + ":3307]"), login(config));
        }
        for (String host : List.of("[", "[]", "[db]", ":", ":::", "1:2", "fe80::1%eth0", "[::1]:5432", "[::1", "")) {
            Map<String, Object> config = config();
            config.put("host", host);
            assertRefused(config);
        }
    }

    private static void assertRefused(Map<String, Object> config) {
        assertThat(catchThrowable(() -> login(config)))
                .isInstanceOfSatisfying(
                        ConnectorException.class, e -> assertThat(e.failure()).isEqualTo(FailureCode.INVALID_CONFIG));
    }

    /** All that the driver understands is as for the plain config, but for some fields. */
    private static void assertSameBut(Map<String, Object> changes, Login login) {
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
