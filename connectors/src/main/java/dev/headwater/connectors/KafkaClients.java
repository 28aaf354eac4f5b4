package dev.headwater.connectors;

import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What a host works with of a Kafka source: makes Kafka's own clients, logged in as the config says, with its {@code
 * extra_args}. Safe for use by many threads; the clients that it makes are as safe as Kafka says of them.
 *
 * <p>Each call connects to the cluster once before, to ask the host's network policy about every address that the brokers
 * advertise. Kafka's client makes its connections itself, so an address that changes after that is not asked about.
 *
 * <p>Callers close what they get. When the data source changes, or the registry closes, what is still open is closed; a
 * consumer that another thread is polling with is woken up instead, and must be closed by its caller.
 *
 * <p>Every method that makes a client blocks on the cluster, no longer than the registry's timeout of a connection, and throws
 * {@link dev.headwater.spi.ConnectorException} if that cannot be used, or if this has ended.
 */
public interface KafkaClients {

    /** {@return the topic of the config} */
    String topic();

    /** {@return the topic for messages that cannot be used; empty if the config names none} */
    Optional<String> deadLetterTopic();

    /** Makes a client that looks at topics, groups and positions. */
    Admin admin();

    /**
     * Makes a consumer, which is assigned and subscribed to nothing yet.
     *
     * @param group the consumer group, which the config's {@code group_id_prefix} is put before
     */
    <K, V> Consumer<K, V> consumer(String group, Deserializer<K> key, Deserializer<V> value);

    /** Makes a producer. */
    <K, V> Producer<K, V> producer(Serializer<K> key, Serializer<V> value);
}
