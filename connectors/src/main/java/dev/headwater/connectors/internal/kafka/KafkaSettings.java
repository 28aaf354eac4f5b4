package dev.headwater.connectors.internal.kafka;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the config of a Kafka source says, checked: any of it may come from a secret. Prints nothing of it. Immutable. */
final class KafkaSettings {

    static final String PLAIN = "PLAIN";

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSettings.class);

    private static final ExtraProperties NO_EXTRA = new ExtraProperties(Map.of());
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final Set<String> PROTOCOLS = Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
    private static final Set<String> MECHANISMS = Set.of(PLAIN, "SCRAM-SHA-256", "SCRAM-SHA-512");
    private static final int MOST_SERVERS = 32;

    private final ResolvedConfig config;
    private final List<Endpoint> servers;
    private final String topic;
    private final String protocol;
    private final String mechanism;
    private final @Nullable KafkaTls tlsFactory;
    private final Map<String, String> tuning;

    private KafkaSettings(ResolvedConfig config) {
        this.config = config;
        NO_EXTRA.of(config);
        this.servers = servers(config.required("bootstrap_servers"));
        this.topic = config.required("topic");
        if (!TOPIC.matcher(topic).matches()) {
            throw invalid("topic must be the name of a topic: letters, digits, dots, underscores, hyphens");
        }
        this.protocol = oneOf(PROTOCOLS, "security_protocol", "PLAINTEXT");
        this.mechanism = oneOf(MECHANISMS, "sasl.mechanism", PLAIN);
        if (config.flag("msk_iam_auth", false)) {
            throw invalid("this connector does not support AWS IAM authentication yet (msk_iam_auth is true)");
        }
        if (sasl() && (user().isEmpty() || password().isEmpty() || (user() + password()).indexOf('\0') >= 0)) {
            throw invalid("sasl.username and sasl.password must not be empty, and hold no NUL character");
        }
        this.tuning = KafkaTuning.of(config.text("extra_args").orElse(""));
        this.tlsFactory = tls() ? new KafkaTls(caFile().orElse(null), keyStore().orElse(null)) : null;
    }

    /**
     * Reads the config, and the files that it names.
     *
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if it cannot be used
     */
    static KafkaSettings of(ResolvedConfig config) {
        return new KafkaSettings(config);
    }

    private static List<Endpoint> servers(String text) {
        List<Endpoint> servers = new ArrayList<>();
        for (String server : text.split(",", -1)) {
            int colon = server.lastIndexOf(':');
            String port = server.substring(colon + 1).strip();
            if (colon < 1 || !port.matches("[0-9]{1,5}")) {
                throw invalid("bootstrap_servers must be host:port, or several parted by commas");
            }
            servers.add(Endpoint.of(server.substring(0, colon).strip(), Long.parseLong(port)));
        }
        if (servers.size() > MOST_SERVERS) {
            throw invalid("bootstrap_servers must be at most " + MOST_SERVERS + ", are " + servers.size());
        }
        return List.copyOf(servers);
    }

    private String oneOf(Set<String> words, String field, String otherwise) {
        String word = config.text(field).orElse(otherwise);
        if (!words.contains(word)) {
            throw invalid(field + " must be one of "
                    + String.join(", ", words.stream().sorted().toList()));
        }
        return word;
    }

    private static ConnectorException invalid(String message) {
        return new ConnectorException(FailureCode.INVALID_CONFIG, message);
    }

    /** Warns where a password crosses the network as it is. */
    void warnOfClearText() {
        if (sasl() && !tls() && mechanism.equals(PLAIN)) {
            LOG.warn("the password for Kafka at {} is sent in clear text (SASL_PLAINTEXT with PLAIN)", servers.get(0));
        }
    }

    ResolvedConfig config() {
        return config;
    }

    /** {@return the servers to begin with; at least one} */
    List<Endpoint> servers() {
        return servers;
    }

    String topic() {
        return topic;
    }

    String protocol() {
        return protocol;
    }

    boolean tls() {
        return protocol.endsWith("SSL");
    }

    KafkaTls tlsFactory() {
        if (tlsFactory == null) {
            throw new IllegalStateException(protocol);
        }
        return tlsFactory;
    }

    boolean sasl() {
        return protocol.startsWith("SASL");
    }

    String mechanism() {
        return mechanism;
    }

    String user() {
        return config.text("sasl.username").orElse("");
    }

    String password() {
        return config.text("sasl.password").orElse("");
    }

    Optional<String> caFile() {
        return config.text("ssl.ca_file").filter(file -> !file.isEmpty());
    }

    Optional<String> keyStore() {
        return config.text("ssl.keystore_location").filter(file -> !file.isEmpty());
    }

    /** {@return further properties of Kafka's client, all of them harmless} */
    Map<String, String> tuning() {
        return tuning;
    }

    /** {@return how this login names itself to brokers} */
    String clientId() {
        return config.text("client_id_prefix").orElse("") + "headwater";
    }
}
