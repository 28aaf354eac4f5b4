package dev.headwater.connectors.internal.kafka;

import dev.headwater.connectors.internal.net.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;

/** The properties of Kafka's client: https://kafka.apache.org/documentation/#configuration. */
final class KafkaProperties {

    private static final Map<String, String> LOGIN_MODULES = Map.of(
            "PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule",
            "SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule",
            "SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");

    private KafkaProperties() {}

    /**
     * {@return what all clients need} What is secret is a {@link Password}, which prints hidden.
     *
     * @param known the properties that this sort of client has; of the tuning, others are left out
     */
    static Map<String, Object> of(KafkaSettings settings, String clientId, Set<String> known) {
        Map<String, Object> properties = new LinkedHashMap<>();
        settings.tuning().forEach((key, value) -> {
            if (known.contains(key)) {
                properties.put(key, value);
            }
        });
        properties.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                settings.servers().stream().map(Endpoint::toString).collect(Collectors.joining(",")));
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, settings.protocol());
        if (settings.sasl()) {
            properties.put(SaslConfigs.SASL_MECHANISM, settings.mechanism());
            boolean bearer = settings.mechanism().equals(KafkaSettings.BEARER);
            properties.put(SaslConfigs.SASL_JAAS_CONFIG, new Password(bearer ? bearerJaas() : jaas(settings)));
            if (bearer) {
                properties.put(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS, MskLogin.class);
                properties.put(
                        MskLogin.TOKENS,
                        new MskLogin.Tokens(
                                () -> settings.token(settings.servers().get(0))));
            }
        }
        if (settings.tls()) {
            addTls(settings, properties);
        }
        return properties;
    }

    /** The login module is ours to say: a module of the config's choice could load classes from anywhere. */
    private static String jaas(KafkaSettings settings) {
        return LOGIN_MODULES.get(settings.mechanism()) + " required username=" + quoted(settings.user()) + " password="
                + quoted(settings.password()) + ";";
    }

    /** Kafka shares a login between clients whose text is the same, even if its tokens are made otherwise. */
    private static String bearerJaas() {
        return "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required id=\"" + UUID.randomUUID()
                + "\";";
    }

    /** A text as {@link java.io.StreamTokenizer} reads it back, which is what Kafka reads this with. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static void addTls(KafkaSettings settings, Map<String, Object> properties) {
        settings.caFile().ifPresent(file -> {
            properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            properties.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, file);
        });
        settings.keyStore().ifPresent(file -> {
            boolean pem = KafkaTls.isPem(file);
            properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, pem ? "PEM" : "PKCS12");
            properties.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, file);
            if (!pem) {
                properties.put(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, new Password(""));
            }
        });
    }
}
