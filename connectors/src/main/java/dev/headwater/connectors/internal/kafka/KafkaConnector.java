package dev.headwater.connectors.internal.kafka;

import dev.headwater.connectors.internal.Artifacts;
import dev.headwater.connectors.internal.Failures;
import dev.headwater.connectors.internal.net.DestinationRefusedException;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.Passage;
import dev.headwater.connectors.internal.net.SocketGate;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The connector of Apache Kafka. Safe for use by many threads. */
public final class KafkaConnector implements Connector {

    private final @Nullable BiPredicate<String, String> mskBrokers;

    /** @param processCredentials whether {@code msk_iam_auth} may use the AWS credentials of this process */
    public KafkaConnector(boolean processCredentials) {
        this(processCredentials ? MskToken::isBroker : null);
    }

    /** @param mskBrokers whether a host is a broker of MSK in a region, which may get tokens of this process; null if none may */
    public KafkaConnector(@Nullable BiPredicate<String, String> mskBrokers) {
        this.mskBrokers = mskBrokers;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("kafka");
    }

    @Override
    public void reach(ConnectionTarget target) {
        KafkaSettings settings = KafkaSettings.of(target, mskBrokers);
        atOneOf(settings.servers(), target, "reach", (server, timeout) -> {
            try (SocketGate gate =
                    SocketGate.open(server, new Passage(target.policy(), timeout, target.cancellation(), null))) {
                gate.connect().close();
                return server;
            }
        });
    }

    @Override
    public ConnectorSession open(ConnectionTarget target) {
        KafkaSettings settings = KafkaSettings.of(target, mskBrokers);
        settings.warnOfClearText();
        return open(settings, target);
    }

    static KafkaSession open(KafkaSettings settings, ConnectionTarget target) {
        KafkaSession session = atOneOf(settings.servers(), target, "log in to", (server, timeout) -> {
            KafkaConnection connection = KafkaConnection.open(server, settings, target, timeout);
            KafkaSession opened = new KafkaSession(settings, target, connection);
            try {
                opened.requireTopic();
                return opened;
            } catch (IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
        });
        if (target.cancellation().cancelled()) {
            // Who waited has gone, so nobody would close the session.
            session.close();
            Failures.refuseCancelled(target);
        }
        return session;
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings settings) {
        Failures.refuseCancelled(target);
        // Logins of later belong to the life of the client, not to the making of it.
        ConnectionTarget own = new ConnectionTarget(
                target.kind(),
                target.config(),
                target.policy(),
                target.hostKeys(),
                target.timeout(),
                new Cancellation());
        KafkaSettings config = KafkaSettings.of(own, mskBrokers);
        Artifacts.require(
                "client", "org.apache.kafka.clients.consumer.KafkaConsumer", "org.apache.kafka:kafka-clients");
        return new KafkaClient(config, own, settings);
    }

    private interface Attempt<T> {
        T at(Endpoint server, Duration timeout) throws IOException;
    }

    /**
     * Tries the servers in turn, each with its share of the time. One that the policy refuses ends it, since Kafka's client
     * would go there, too; so does an answer that the others would give as well.
     */
    private static <T> T atOneOf(List<Endpoint> servers, ConnectionTarget target, String doing, Attempt<T> attempt) {
        long end = System.nanoTime() + target.timeout().toNanos();
        for (int i = 0; ; i++) {
            Failures.refuseCancelled(target);
            Endpoint server = servers.get(i);
            Duration share =
                    Duration.ofNanos(Math.max(1, end - System.nanoTime())).dividedBy(servers.size() - i);
            try {
                return attempt.at(server, share);
            } catch (IOException | RuntimeException e) {
                boolean last = i == servers.size() - 1
                        || e instanceof DestinationRefusedException
                        || e instanceof KafkaErrorException
                        || e instanceof ConnectorException;
                if (last || target.cancellation().cancelled()) {
                    throw KafkaFailures.translate(target, doing + " " + server, e);
                }
            }
        }
    }
}
