package dev.headwater.connectors.internal.kafka;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the config of a Kafka source says, checked: any of it may come from a secret. Prints nothing of it. Immutable. */
final class KafkaSettings {

    static final String PLAIN = "PLAIN";

    /** How brokers of MSK take signatures of IAM. */
    static final String BEARER = "OAUTHBEARER";

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSettings.class);

    private static final ExtraProperties NO_EXTRA = new ExtraProperties(Map.of());
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final Set<String> PROTOCOLS = Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
    private static final Set<String> MECHANISMS = Set.of(PLAIN, "SCRAM-SHA-256", "SCRAM-SHA-512");
    private static final int MOST_SERVERS = 32;

    private final ConnectionTarget target;
    private final ResolvedConfig config;
    private final @Nullable BiPredicate<String, String> mskBrokers;
    private final List<Endpoint> servers;
    private final String topic;
    private final String protocol;
    private final String mechanism;
    private final @Nullable KafkaTls tlsFactory;
    private final Map<String, String> tuning;

    private KafkaSettings(ConnectionTarget target, @Nullable BiPredicate<String, String> mskBrokers) {
        this.target = target;
        this.config = target.config();
        this.mskBrokers = mskBrokers;
        NO_EXTRA.of(config);
        this.servers = servers(config.required("bootstrap_servers"));
        this.topic = config.required("topic");
        if (!TOPIC.matcher(topic).matches()) {
            throw invalid("topic must be the name of a topic: letters, digits, dots, underscores, hyphens");
        }
        this.protocol = oneOf(PROTOCOLS, "security_protocol", "PLAINTEXT");
        boolean iam = config.flag("msk_iam_auth", false);
        this.mechanism = iam ? BEARER : oneOf(MECHANISMS, "sasl.mechanism", PLAIN);
        if (iam) {
            checkIam();
        } else if (sasl() && (user().isEmpty() || password().isEmpty() || (user() + password()).indexOf('\0') >= 0)) {
            throw invalid("sasl.username and sasl.password must not be empty, and hold no NUL character");
        }
        this.tuning = KafkaTuning.of(config.text("extra_args").orElse(""));
        this.tlsFactory = tls() ? new KafkaTls(caFile().orElse(null), keyStore().orElse(null)) : null;
    }

    private void checkIam() {
        if (mskBrokers == null) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    "msk_iam_auth is true, and this application lets no data source use its own AWS credentials",
                    "Use a user and a password; or let the application allow its own"
                            + " (Connectors.kafkaWithProcessCredentials).");
        }
        if (!protocol.equals("SASL_SSL")) {
            throw invalid("msk_iam_auth needs security_protocol SASL_SSL, since the broker gets a token");
        }
        if (config.has("sasl.username") || config.has("sasl.password")) {
            throw invalid("msk_iam_auth takes the place of sasl.username and sasl.password; leave one of them out");
        }
        if (!config.required("region").matches("[a-z0-9-]{1,40}")) {
            throw invalid("region must be an AWS region such as us-east-1");
        }
        servers.forEach(this::requireMsk);
    }

    /** Refuses to show a token to a host that is no broker of MSK, if that is how this logs in. */
    void requireMsk(Endpoint server) {
        if (!mechanism.equals(BEARER)) {
            return;
        }
        String region = config.required("region");
        if (mskBrokers == null || !mskBrokers.test(server.host(), region)) {
            throw invalid("msk_iam_auth is true, and " + server + " is no broker of Amazon MSK in " + region
                    + ": the AWS credentials of this process are shown to no others");
        }
    }

    /** {@return a token to log in with to that broker} Blocks on what gives this process its AWS credentials. */
    String token(Endpoint server) {
        requireMsk(server);
        return MskToken.of(target);
    }

    /**
     * Reads the config, and the files that it names.
     *
     * @param mskBrokers whether a host is a broker of MSK in a region, which may get tokens of this process; null if none may
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if it cannot be used
     */
    static KafkaSettings of(ConnectionTarget target, @Nullable BiPredicate<String, String> mskBrokers) {
        return new KafkaSettings(target, mskBrokers);
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
