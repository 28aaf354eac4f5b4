package dev.headwater.connectors.internal.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.UrlContract;
import dev.headwater.spi.SecretValue;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import oracle.net.jdbc.nl.NVFactory;
import oracle.net.jdbc.nl.NVPair;

@Label("The URL of Oracle, as its driver parses it,")
class OracleUrlTest extends UrlContract {

    private static final String PREFIX = "jdbc:oracle:thin:@";

    OracleUrlTest() {
        super(
                new OracleKind(),
                "orders)(HOST=evil.example.com",
                "orders)))",
                "a)(ADDRESS=(PROTOCOL=beq)(PROGRAM=/bin/sh)",
                "orders?TNS_ADMIN=/tmp",
                "ldap://evil.example.com/x");
    }

    @Override
    protected Map<String, Object> config() {
        Map<String, Object> config = super.config();
        config.put("database", "orders.example.com");
        return config;
    }

    /** What the driver reads out of the descriptor, by path. */
    private static Map<String, String> parsed(Login login) throws Exception {
        assertThat(login.url()).startsWith(PREFIX);
        Map<String, String> parsed = new HashMap<>();
        collect(new NVFactory().createNVPair(login.url().substring(PREFIX.length())), "", parsed);
        return parsed;
    }

    private static void collect(NVPair pair, String path, Map<String, String> into) {
        String here = path + "/" + pair.getName();
        if (pair.getRHSType() == NVPair.RHS_ATOM) {
            assertThat(into.put(here, pair.getAtom())).as(here).isNull();
            return;
        }
        for (int i = 0; i < pair.getListSize(); i++) {
            collect(pair.getListElement(i), here, into);
        }
    }

    private static Map<String, String> expected(String host, String service) {
        return Map.of(
                "/DESCRIPTION/ADDRESS/PROTOCOL",
                "tcps",
                "/DESCRIPTION/ADDRESS/HOST",
                host,
                "/DESCRIPTION/ADDRESS/PORT",
                "8444",
                "/DESCRIPTION/CONNECT_DATA/SERVICE_NAME",
                service);
    }

    @Property(tries = 500)
    @Label("names the service of the config or is refused, and keeps the user out, whatever they are")
    void service(@ForAll("hostile") String service, @ForAll("hostile") String user) throws Exception {
        Map<String, Object> config = config();
        config.put("database", service);
        config.put("username", user);
        if (refuses(config)) {
            assertRefused(config, "database");
            return;
        }
        assertThat(parsed(login(config))).isEqualTo(expected(HOST, service));
        assertThat(login(config).properties()).containsEntry("user", user);
    }

    @Property(tries = 500)
    @Label("leads to the host of the config or is refused, whatever the host is")
    void host(@ForAll("hostile") String host) throws Exception {
        Map<String, Object> config = config();
        config.put("host", host);
        if (refuses(config)) {
            assertRefused(config, "host");
            return;
        }
        String bare = login(config).endpoint().host();
        assertThat(parsed(login(config))).isEqualTo(expected(bare, "orders.example.com"));
        assertThat(bare.toLowerCase(Locale.ROOT))
                .isEqualTo(host.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT));
    }

    @Example
    @Label("takes none of the driver's properties that read files, go elsewhere, or take other identities")
    void dangerous() {
        assertTakesNone(
                "oracle.net.tns_admin",
                "oracle.net.wallet_location",
                "javax.net.ssl.trustStore",
                "oracle.jdbc.config.file",
                "oracle.net.ssl_server_dn_match",
                "oracle.net.socksProxyHost",
                "internal_logon",
                "oracle.jdbc.proxyClientName",
                "oracle.net.authentication_services",
                "oracle.jdbc.accessToken",
                "user",
                "password");
    }

    @Example
    @Label("asks for TLS and a certificate of the host, unless the config says otherwise")
    void tls() throws Exception {
        assertThat(login(config()).properties()).containsEntry("oracle.net.ssl_server_dn_match", "true");
        Map<String, Object> config = config();
        config.put("ssl.enabled", false);
        assertThat(parsed(login(config))).containsEntry("/DESCRIPTION/ADDRESS/PROTOCOL", "tcp");
    }

    @Example
    @Label("takes no login without a password, for which the driver would look elsewhere")
    void noPassword() {
        Map<String, Object> config = config();
        config.put("password", SecretValue.of(""));
        assertRefused(config, "password must not be empty");
    }
}
