package dev.headwater.connectors.internal.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.connectors.Hostile;
import dev.headwater.connectors.internal.Login;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import io.trino.jdbc.TrinoDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("The URL of Trino, as its driver parses it,")
class TrinoUrlTest {

    private static final String HOST = "db.example.com";

    @Provide
    Arbitrary<String> hostile() {
        return Hostile.texts("c?SSLVerification=NONE", "c&SSL=false", "c/s?user=root", "c;d", "?accessToken=x");
    }

    private static Map<String, Object> config() {
        Map<String, Object> config = new HashMap<>();
        config.put("host", HOST);
        config.put("port", 8443L);
        config.put("catalog", "c");
        config.put("schema", "s");
        config.put("username", "me");
        config.put("password", SecretValue.of("a password"));
        config.put("extraProperties.SSL", "true");
        return config;
    }

    private static Login login(Map<String, Object> config) {
        return new TrinoKind().login(ResolvedConfig.of(config));
    }

    /** The driver connects when it is first asked something, so this only parses. */
    private static Connection parsed(Login login) throws SQLException {
        return new TrinoDriver().connect(login.url(), login.properties());
    }

    private static void assertRefused(Map<String, Object> config, String words) {
        assertThat(catchThrowable(() -> login(config)))
                .isInstanceOfSatisfying(
                        ConnectorException.class, e -> assertThat(e.failure()).isEqualTo(FailureCode.INVALID_CONFIG))
                .hasMessageContaining(words);
    }

    @Property(tries = 500)
    @Label(
            "leads to the host of the config and names its catalog, schema and user, whatever they are, or it is refused")
    void names(@ForAll("hostile") String catalog, @ForAll("hostile") String schema, @ForAll("hostile") String user)
            throws SQLException {
        Map<String, Object> config = config();
        config.put("catalog", catalog);
        config.put("schema", schema);
        config.put("username", user);
        if (!(catalog + schema + user).matches("[ -~]+") || user.indexOf(':') >= 0) {
            assertRefused(config, "");
            return;
        }
        try (Connection connection = parsed(login(config))) {
            assertThat(connection.getMetaData().getURL()).isEqualTo("jdbc:trino://" + HOST + ":8443");
            assertThat(connection.getCatalog()).isEqualTo(catalog.toLowerCase(Locale.ENGLISH));
            assertThat(connection.getSchema()).isEqualTo(schema.toLowerCase(Locale.ENGLISH));
        }
    }

    @Property(tries = 500)
    @Label("leads to the host of the config or is refused, whatever the host is")
    void host(@ForAll("hostile") String host) throws SQLException {
        Map<String, Object> config = config();
        config.put("host", host);
        if (catchThrowable(() -> login(config)) != null) {
            assertRefused(config, "host");
            return;
        }
        try (Connection connection = parsed(login(config))) {
            assertThat(connection.getMetaData().getURL())
                    .isEqualTo("jdbc:trino://" + login(config).endpoint());
        }
    }

    @Property(tries = 500)
    @Label("takes no extra property that is not listed, whatever it is called")
    void extraKeys(@ForAll("hostile") String key) {
        Map<String, Object> config = config();
        config.put("extraProperties." + key, "x");
        assertRefused(config, "not allowed");
    }

    @Example
    @Label("takes none of the driver's properties that read files, load classes, or send it elsewhere")
    void dangerous() {
        for (String key : new String[] {
            "SSLTrustStorePath", "SSLKeyStorePath", "socksProxy", "httpProxy", "KerberosKeytabPath", "accessToken",
            "externalAuthentication", "dnsResolver", "extraCredentials", "extraHeaders", "password", "user",
            "httpLoggingLevel"
        }) {
            Map<String, Object> config = config();
            config.put("extraProperties." + key, "x");
            assertRefused(config, key + " is not allowed");
        }
    }

    @Example
    @Label("carries a password over TLS only, and says so")
    void passwordWithoutTls() {
        Map<String, Object> config = config();
        config.put("extraProperties.SSL", "false");
        assertRefused(config, "passwords over TLS only; set extraProperties.SSL to true");
        config.remove("extraProperties.SSL");
        assertRefused(config, "passwords over TLS only; set extraProperties.SSL to true");
        config.put("port", 443L);
        assertThat(login(config).properties()).containsEntry("SSL", "true");
    }

    @Example
    @Label("takes no verification without TLS")
    void verification() {
        Map<String, Object> config = config();
        config.remove("password");
        config.put("extraProperties.SSL", "false");
        config.put("extraProperties.SSLVerification", "CA");
        assertRefused(config, "SSLVerification needs extraProperties.SSL");
    }
}
