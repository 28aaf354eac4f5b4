package dev.headwater.connectors.mongodb;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.headwater.connectors.ServerProcess;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.spi.SecretValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** mongo-java-server, with users, on one port with TLS and on another without; one for all tests of the JVM. */
final class MongoProcess {

    static final String USER = "app";
    /** No other server's password: it is looked for in the log, where other tests may show theirs. */
    static final String PASSWORD = "correct mongoose battery staple";

    /** A user with a password for SHA-1 only. */
    static final String OLD_USER = "old";

    /** A user that may log in and do nothing. */
    static final String MUTE_USER = "mute";

    static final String ODD_USER = "o,d=d";
    static final String ODD_PASSWORD = "pä\"ss',=w\\ rd";

    private static MongoProcess server;

    private final int tlsPort;
    private final int plainPort;

    private MongoProcess() {
        String ports = ServerProcess.start(
                "dev.headwater.testservers.mongodb.MongoTestServer",
                List.of("-Xmx192m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dsun.jnu.encoding=UTF-8"),
                List.of(
                        TestCertificates.trusted().serverKeyStore().toString(),
                        TestCertificates.PASSWORD,
                        USER,
                        PASSWORD,
                        OLD_USER,
                        PASSWORD,
                        MUTE_USER,
                        PASSWORD,
                        ODD_USER,
                        ODD_PASSWORD));
        tlsPort = Integer.parseInt(ports.split(" ")[0]);
        plainPort = Integer.parseInt(ports.split(" ")[1]);
    }

    static synchronized MongoProcess get() {
        if (server == null) {
            server = new MongoProcess();
        }
        return server;
    }

    int tlsPort() {
        return tlsPort;
    }

    int plainPort() {
        return plainPort;
    }

    /** {@return a config that works, to which a test may add} */
    Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("host", TestCertificates.SERVER_NAME);
        config.put("port", (long) tlsPort());
        config.put("username", USER);
        config.put("password", SecretValue.of(PASSWORD));
        return config;
    }

    /** Works on the server by the vendor's driver. */
    void fill(Consumer<MongoClient> work) {
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyToClusterSettings(cluster -> cluster.hosts(List.of(new ServerAddress("127.0.0.1", plainPort()))))
                .credential(MongoCredential.createCredential(USER, "admin", PASSWORD.toCharArray()))
                .build();
        try (MongoClient client = MongoClients.create(settings)) {
            work.accept(client);
        }
    }
}
