package dev.headwater.connectors.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.connectors.Hostile;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What the login of each JDBC kind owes, whatever a config holds. What its driver makes of the URL is for the tests of the
 * kinds, which ask the driver's own parser.
 */
public abstract class UrlContract {

    protected static final String HOST = "db.example.com";

    private final JdbcKind kind;
    private final String[] attacks;

    /** @param attacks texts that would change the URL of this kind, if they stood in it as they are */
    protected UrlContract(JdbcKind kind, String... attacks) {
        this.kind = kind;
        this.attacks = attacks;
    }

    @Provide
    protected Arbitrary<String> hostile() {
        return Hostile.texts(attacks);
    }

    /** {@return a new config that is valid, as far as most kinds have the same fields} */
    protected Map<String, Object> config() {
        Map<String, Object> config = new HashMap<>();
        config.put("host", HOST);
        config.put("port", 8444L);
        config.put("database", "db");
        config.put("username", "me");
        config.put("password", SecretValue.of("a password"));
        return config;
    }

    protected Login login(Map<String, Object> config) {
        return kind.login(ResolvedConfig.of(config));
    }

    protected boolean refuses(Map<String, Object> config) {
        return catchThrowable(() -> login(config)) != null;
    }

    /** @param words that say what is wrong */
    protected void assertRefused(Map<String, Object> config, String words) {
        assertThat(catchThrowable(() -> login(config)))
                .isInstanceOfSatisfying(
                        ConnectorException.class, e -> assertThat(e.failure()).isEqualTo(FailureCode.INVALID_CONFIG))
                .hasMessageContaining(words);
    }

    /** Checks that of a driver's properties, with some value each, none is taken but those that are allowed. */
    protected void assertTakesOnly(Set<String> allowed, Iterable<String> properties, String... values) {
        for (String property : properties) {
            for (String value : values) {
                Map<String, Object> config = config();
                config.put("extraProperties." + property, value);
                if (!refuses(config)) {
                    assertThat(property).isIn(allowed);
                }
            }
        }
    }

    /** Checks that the properties are refused by name. */
    protected void assertTakesNone(String... properties) {
        for (String property : properties) {
            Map<String, Object> config = config();
            config.put("extraProperties." + property, "x");
            assertRefused(config, property + " is not allowed");
        }
    }

    @Property(tries = 1_000)
    @Label("takes no extra property that is not listed, whatever it is called")
    void extraKeys(@ForAll("hostile") String key) {
        Map<String, Object> config = config();
        config.put("extraProperties." + key, "x");
        assertRefused(config, "not allowed");
    }

    @Property(tries = 1_000)
    @Label("shows no password, neither in the URL nor in what it prints, whatever it is")
    void password(@ForAll("hostile") String text) {
        Map<String, Object> config = config();
        config.put("password", SecretValue.of("secret:" + text));
        if (!refuses(config)) {
            assertThat(login(config).url()).doesNotContain("secret:");
            assertThat(login(config)).hasToString("Login");
        }
    }
}
