package dev.headwater.connectors.internal.kafka;

import dev.headwater.connectors.KafkaClients;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Makes Kafka's clients, and ends those that are left. */
final class KafkaClient implements ConnectorClient, KafkaClients {

    private final KafkaSettings settings;
    private final ConnectionTarget target;
    private final String name;
    private final AtomicInteger made = new AtomicInteger();
    private final Set<Tracked> open = new LinkedHashSet<>();
    private boolean retired;

    /** @param target lives as long as this, which cancels it */
    KafkaClient(KafkaSettings settings, ConnectionTarget target, ClientSettings client) {
        this.settings = settings;
        this.target = target;
        this.name = client.name();
        settings.warnOfClearText();
    }

    /** A client of Kafka's that says when it was closed. */
    interface Tracked {

        /** Closes without waiting for anything, or makes whoever is using it do so. */
        void end();
    }

    @Override
    public Object client() {
        return this;
    }

    @Override
    public String topic() {
        return settings.topic();
    }

    @Override
    public Optional<String> deadLetterTopic() {
        return settings.config().text("dead_letter_queue").filter(queue -> !queue.isEmpty());
    }

    @Override
    public Admin admin() {
        return make(id -> new KafkaTracked.OfAdmin(settings, id, this::forget));
    }

    @Override
    public <K, V> Consumer<K, V> consumer(String group, Deserializer<K> key, Deserializer<V> value) {
        String prefix = settings.config().text("group_id_prefix").orElse("");
        return make(id -> new KafkaTracked.OfConsumer<>(settings, id, prefix + group, key, value, this::forget));
    }

    @Override
    public <K, V> Producer<K, V> producer(Serializer<K> key, Serializer<V> value) {
        return make(id -> new KafkaTracked.OfProducer<>(settings, id, key, value, this::forget));
    }

    private <T extends Tracked> T make(Function<String, T> maker) {
        requireOpen();
        try (KafkaSession session = KafkaConnector.open(settings, target)) {
            session.requireAllowedAddresses();
        }
        T client;
        try {
            client = maker.apply(settings.clientId() + "-" + name + "-" + made.incrementAndGet());
        } catch (KafkaException e) {
            throw KafkaFailures.translate(target, "make a client of Kafka", e);
        }
        synchronized (this) {
            if (!retired) {
                open.add(client);
                return client;
            }
        }
        client.end();
        throw ended();
    }

    private synchronized void requireOpen() {
        if (retired) {
            throw ended();
        }
    }

    private static ConnectorException ended() {
        return new ConnectorException(
                FailureCode.CANCELLED, "these Kafka clients are closed; newer ones may have taken their place");
    }

    private synchronized void forget(Tracked closed) {
        open.remove(closed);
    }

    @Override
    public synchronized int inUse() {
        return open.size();
    }

    @Override
    public synchronized void retire() {
        retired = true;
    }

    @Override
    public void close() {
        List<Tracked> left;
        synchronized (this) {
            retired = true;
            left = new ArrayList<>(open);
            open.clear();
        }
        target.cancellation().cancel();
        left.forEach(Tracked::end);
    }

    /** Says nothing of the config. */
    @Override
    public String toString() {
        return "KafkaClients[" + name + "]";
    }
}
