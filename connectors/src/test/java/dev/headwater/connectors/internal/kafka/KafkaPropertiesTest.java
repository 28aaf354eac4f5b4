package dev.headwater.connectors.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Targets;
import dev.headwater.spi.SecretValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.login.AppConfigurationEntry;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The properties of Kafka's client")
class KafkaPropertiesTest {

    private static Map<String, Object> properties(Map<String, Object> changes) {
        Map<String, Object> config = new java.util.HashMap<>(Map.of(
                "bootstrap_servers", "a.example.com:9092, b.example.com:9093",
                "topic", "orders",
                "security_protocol", "SASL_SSL",
                "sasl.username", "app",
                "sasl.password", SecretValue.of("pl4nted")));
        config.putAll(changes);
        return KafkaProperties.of(KafkaSettings.of(Targets.target("kafka", config), null), "id", Set.of("linger.ms"));
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings()
                .withChars(" \"'\\;=,{}\n\r\t/*#-\u00e4\u4e2d\u0007\u0085\u2028")
                .alpha()
                .ofMinLength(1)
                .ofMaxLength(30);
    }

    @Property
    @Label("hand user and password to Kafka's login module as they are, whatever is in them")
    void jaas(@ForAll("words") String user, @ForAll("words") String password) {
        Map<String, Object> properties =
                properties(Map.of("sasl.username", user, "sasl.password", SecretValue.of(password)));
        List<AppConfigurationEntry> entries =
                JaasContext.loadClientContext(properties).configurationEntries();
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).getLoginModuleName())
                .isEqualTo("org.apache.kafka.common.security.plain.PlainLoginModule");
        assertThat(entries.get(0).getOptions()).isEqualTo(Map.of("username", user, "password", password));
    }

    @Test
    @DisplayName("print without the password, and verify the names of brokers")
    void hidden() {
        Map<String, Object> properties = properties(Map.of());
        assertThat(properties.toString()).doesNotContain("pl4nted").contains("[hidden]");
        assertThat(properties).doesNotContainKey("ssl.endpoint.identification.algorithm");
        assertThat(properties).containsEntry("bootstrap.servers", "a.example.com:9092,b.example.com:9093");
    }

    @Test
    @DisplayName("hold of the tuning what the client knows, and nothing that is ours to say")
    void tuning() {
        Map<String, Object> properties = properties(Map.of("extra_args", "{\"linger.ms\":5,\"acks\":\"all\"}"));
        assertThat(properties).containsEntry("linger.ms", "5").doesNotContainKey("acks");
    }
}
