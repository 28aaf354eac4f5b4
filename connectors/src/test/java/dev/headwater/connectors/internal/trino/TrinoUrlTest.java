package dev.headwater.connectors.internal.trino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.UrlContract;
import io.trino.jdbc.TrinoDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

@Label("The URL of Trino, as its driver parses it,")
class TrinoUrlTest extends UrlContract {

    TrinoUrlTest() {
        super(new TrinoKind(), "c?SSLVerification=NONE", "c&SSL=false", "c/s?user=root", "c;d", "?accessToken=x");
    }

    @Override
    protected Map<String, Object> config() {
        Map<String, Object> config = super.config();
        config.remove("database");
        config.put("catalog", "c");
        config.put("schema", "s");
        config.put("extraProperties.SSL", "true");
        return config;
    }

    /** The driver connects when it is first asked something, so this only parses. */
    private static Connection parsed(Login login) throws SQLException {
        return new TrinoDriver().connect(login.url(), login.properties());
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
            assertThat(connection.getMetaData().getURL()).isEqualTo("jdbc:trino://" + HOST + ":8444");
            assertThat(connection.getCatalog()).isEqualTo(catalog.toLowerCase(Locale.ENGLISH));
            assertThat(connection.getSchema()).isEqualTo(schema.toLowerCase(Locale.ENGLISH));
        }
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
        try (Connection connection = parsed(login(config))) {
            assertThat(connection.getMetaData().getURL())
                    .isEqualTo("jdbc:trino://" + login(config).endpoint());
        }
    }

    @Example
    @Label("takes none of the driver's properties that read files, load classes, or send it elsewhere")
    void dangerous() {
        assertTakesNone(
                "SSLTrustStorePath",
                "SSLKeyStorePath",
                "socksProxy",
                "httpProxy",
                "KerberosKeytabPath",
                "accessToken",
                "externalAuthentication",
                "dnsResolver",
                "extraCredentials",
                "extraHeaders",
                "password",
                "user",
                "httpLoggingLevel");
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
