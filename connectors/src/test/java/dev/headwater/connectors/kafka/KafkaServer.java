package dev.headwater.connectors.kafka;

import dev.headwater.connectors.TestCertificates;
import dev.headwater.spi.SecretValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real Kafka broker with every security protocol, one for all tests of the JVM, in a process of its own. */
final class KafkaServer {

    static final String USER = "app";
    static final String PASSWORD = "correct-horse-battery-staple";

    /** What a login module's text must not stumble over. */
    static final String ODD_USER = "o d'd=";

    static final String ODD_PASSWORD = "a\"b\\c;d e='f'ä=,";

    /** A user that may log in and see nothing. */
    static final String STRANGER = "stranger";

    private static final List<String> LISTENERS =
            List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL", "CONTROLLER");
    private static final TestCertificates CERTIFICATES = TestCertificates.trusted();

    private static KafkaServer server;

    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Path directory;

    private KafkaServer() {
        List<Socket> reserved = new ArrayList<>();
        try {
            directory = Files.createTempDirectory("kafka");
            for (String listener : LISTENERS) {
                // Bound and not listening: nobody else is given the port before the broker takes it.
                Socket socket = new Socket();
                reserved.add(socket);
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                ports.put(listener, socket.getLocalPort());
            }
            start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            for (Socket socket : reserved) {
                closeQuietly(socket);
            }
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static synchronized KafkaServer get() {
        if (server == null) {
            server = new KafkaServer();
        }
        return server;
    }

    private void start() throws IOException {
        Path properties = directory.resolve("server.properties");
        try (var out = Files.newOutputStream(properties)) {
            properties().store(out, null);
        }
        Path log = directory.resolve("log.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + directory,
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dorg.slf4j.simpleLogger.logFile=System.err",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaServerMain.class.getName(),
                        properties.toString(),
                        "SCRAM-SHA-256=[name=" + USER + ",password=" + PASSWORD + "]",
                        "SCRAM-SHA-512=[name=" + USER + ",password=" + PASSWORD + "]")
                .directory(directory.toFile())
                .redirectError(log.toFile())
                .start();
        var answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(answers.readLine())) {
            throw new IllegalStateException("Kafka did not start: " + Files.readString(log));
        }
    }

    private Properties properties() throws IOException {
        Path pem = directory.resolve("server.pem");
        Files.writeString(
                pem, Files.readString(CERTIFICATES.serverKey()) + Files.readString(CERTIFICATES.serverCertificate()));
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + ports.get("CONTROLLER")),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("listeners", listeners("127.0.0.1", LISTENERS)),
                Map.entry("advertised.listeners", listeners("localhost", LISTENERS.subList(0, 4))),
                Map.entry(
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT"),
                Map.entry("log.dirs", directory.resolve("data").toString()),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("auto.create.topics.enable", "true"),
                Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                Map.entry(
                        "super.users",
                        "User:ANONYMOUS;User:" + USER + ";User:" + ODD_USER + ";User:CN=Headwater test server"),
                Map.entry("ssl.keystore.type", "PEM"),
                Map.entry("ssl.keystore.location", pem.toString()),
                Map.entry("ssl.truststore.type", "PEM"),
                Map.entry("ssl.truststore.location", caFile().toString()),
                Map.entry("listener.name.ssl.ssl.client.auth", "required"),
                Map.entry("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER")));
        for (String listener : List.of("sasl_plaintext", "sasl_ssl")) {
            String prefix = "listener.name." + listener + ".";
            properties.put(
                    prefix + "plain.sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required user_" + USER + "=\"" + PASSWORD
                            + "\" \"user_" + ODD_USER + "\"=\""
                            + ODD_PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"")
                            + "\" user_" + STRANGER + "=\"" + PASSWORD + "\";");
            properties.put(
                    prefix + "oauthbearer.sasl.jaas.config",
                    "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
            properties.put(prefix + "oauthbearer.sasl.server.callback.handler.class", MskStandIn.class.getName());
            for (String scram : List.of("scram-sha-256", "scram-sha-512")) {
                properties.put(
                        prefix + scram + ".sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
            }
        }
        return properties;
    }

    private String listeners(String host, List<String> names) {
        return String.join(
                ",",
                names.stream()
                        .map(name ->
                                name + "://" + (name.equals("CONTROLLER") ? "127.0.0.1" : host) + ":" + ports.get(name))
                        .toList());
    }

    int port(String listener) {
        return ports.get(listener);
    }

    /** {@return the authority of the broker's certificate, as PEM} */
    static Path caFile() {
        return CERTIFICATES.serverCertificate().resolveSibling("ca.pem");
    }

    /** {@return a certificate that the broker takes, with its key, as PEM} */
    Path clientPem() {
        return directory.resolve("server.pem");
    }

    /** {@return a config for a protocol, to which a test may add; with the user for those that log in} */
    Map<String, Object> config(String protocol, String topic) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("bootstrap_servers", TestCertificates.SERVER_NAME + ":" + port(protocol));
        config.put("topic", topic);
        config.put("security_protocol", protocol);
        if (protocol.startsWith("SASL")) {
            config.put("sasl.mechanism", "SCRAM-SHA-256");
            config.put("sasl.username", USER);
            config.put("sasl.password", SecretValue.of(PASSWORD));
        }
        if (protocol.endsWith("SSL")) {
            config.put("ssl.ca_file", caFile().toString());
        }
        return config;
    }

    Map<String, Object> plain() {
        return Map.of("bootstrap.servers", "127.0.0.1:" + port("PLAINTEXT"));
    }

    void createTopic(String name, int partitions) {
        try (Admin admin = Admin.create(plain())) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void send(Map<String, Object> settings, List<ProducerRecord<byte[], byte[]>> records) {
        Map<String, Object> properties = new LinkedHashMap<>(plain());
        properties.putAll(settings);
        var serializer = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(properties, serializer, serializer)) {
            records.forEach(producer::send);
        }
    }
}
