package dev.headwater.connectors.internal.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.UrlContract;
import dev.headwater.spi.SecretValue;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.snowflake.client.internal.jdbc.SnowflakeConnectString;

@Label("The URL of Snowflake, as its driver parses it,")
class SnowflakeUrlTest extends UrlContract {

    SnowflakeUrlTest() {
        super(
                new SnowflakeKind(),
                "db?ssl=off",
                "db&useProxy=false",
                "db&authenticator=https://evil.example.com",
                "auto?x",
                "#",
                "x.evil.com/");
    }

    @Override
    protected Map<String, Object> config() {
        Map<String, Object> config = new HashMap<>();
        config.put("account", "Org-My_Account");
        config.put("warehouse", "wh");
        config.put("database", "db");
        config.put("schema", "s");
        config.put("role", "r");
        config.put("username", "me");
        config.put("password", SecretValue.of("a password"));
        return config;
    }

    private static SnowflakeConnectString parsed(Login login) {
        SnowflakeConnectString parsed = SnowflakeConnectString.parse(login.url(), login.properties());
        assertThat(parsed.isValid()).as(login.url()).isTrue();
        return parsed;
    }

    @Property(tries = 300)
    @Label("carries names as they are, and is the same whatever they are")
    void names(@ForAll("hostile") String text) {
        for (String key : new String[] {"warehouse", "database", "schema", "role", "username"}) {
            Map<String, Object> config = config();
            config.put(key, text);
            SnowflakeConnectString parsed = parsed(login(config));
            assertThat(parsed.getHost()).isEqualTo("org-my-account.snowflakecomputing.com");
            Map<String, Object> expected = new HashMap<>(parsed(login(config())).getParameters());
            expected.put(key.equals("database") ? "DB" : key.equals("username") ? "USER" : key.toUpperCase(), text);
            assertThat(parsed.getParameters()).isEqualTo(expected);
        }
    }

    @Property(tries = 500)
    @Label("leads to a host of Snowflake or is refused, whatever the account is")
    void account(@ForAll("hostile") String account) {
        Map<String, Object> config = config();
        config.put("account", account);
        if (refuses(config)) {
            assertRefused(config, "");
            return;
        }
        assertThat(parsed(login(config)).getHost()).matches("[a-z0-9.-]+\\.snowflakecomputing\\.(com|cn)");
    }

    @Example
    @Label("takes none of the driver's properties that read files, go elsewhere, or write logs")
    void dangerous() {
        assertTakesNone(
                "private_key_file",
                "client_config_file",
                "serverURL",
                "authenticator",
                "oauthTokenRequestUrl",
                "tracing",
                "useProxy",
                "disableOCSPChecks",
                "enablePutGet",
                "workloadIdentityProvider",
                "HTTP_HEADER_CUSTOMIZERS",
                "ssl");
    }

    @Example
    @Label("knows the hosts of regions, of private links and of China")
    void hosts() {
        Map.of(
                        "xy12345", "xy12345.snowflakecomputing.com",
                        "xy12345.us-east-1", "xy12345.us-east-1.snowflakecomputing.com",
                        "xy12345.us-east-1.privatelink", "xy12345.us-east-1.privatelink.snowflakecomputing.com",
                        "xy12345.cn-north-1", "xy12345.cn-north-1.snowflakecomputing.cn",
                        "ORG-My_Account", "org-my-account.snowflakecomputing.com")
                .forEach((account, host) -> {
                    Map<String, Object> config = config();
                    config.put("account", account);
                    assertThat(parsed(login(config)).getHost()).isEqualTo(host);
                    assertThat(login(config).endpoint()).hasToString(host + ":443");
                });
    }
}
