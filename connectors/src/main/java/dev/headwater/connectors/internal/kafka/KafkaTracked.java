package dev.headwater.connectors.internal.kafka;

import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka's clients, each telling when it was closed. */
final class KafkaTracked {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTracked.class);

    private KafkaTracked() {}

    private static void endQuietly(Runnable close) {
        try {
            close.run();
        } catch (KafkaException e) {
            LOG.debug(
                    "a client of Kafka did not close in order: {}", e.getClass().getName());
        }
    }

    static final class OfAdmin extends ForwardingAdmin implements KafkaClient.Tracked {

        private final Consumer<KafkaClient.Tracked> onClose;

        OfAdmin(KafkaSettings settings, String clientId, Consumer<KafkaClient.Tracked> onClose) {
            super(KafkaProperties.of(settings, clientId, AdminClientConfig.configNames()));
            this.onClose = onClose;
        }

        @Override
        public void close(Duration timeout) {
            onClose.accept(this);
            super.close(timeout);
        }

        @Override
        public void end() {
            endQuietly(() -> close(Duration.ZERO));
        }
    }

    static final class OfProducer<K, V> extends KafkaProducer<K, V> implements KafkaClient.Tracked {

        private final Consumer<KafkaClient.Tracked> onClose;

        OfProducer(
                KafkaSettings settings,
                String clientId,
                Serializer<K> key,
                Serializer<V> value,
                Consumer<KafkaClient.Tracked> onClose) {
            super(KafkaProperties.of(settings, clientId, ProducerConfig.configNames()), key, value);
            this.onClose = onClose;
        }

        @Override
        public void close() {
            onClose.accept(this);
            super.close();
        }

        @Override
        public void close(Duration timeout) {
            onClose.accept(this);
            super.close(timeout);
        }

        @Override
        public void end() {
            endQuietly(() -> close(Duration.ZERO));
        }
    }

    static final class OfConsumer<K, V> extends KafkaConsumer<K, V> implements KafkaClient.Tracked {

        private final Consumer<KafkaClient.Tracked> onClose;

        OfConsumer(
                KafkaSettings settings,
                String clientId,
                String group,
                Deserializer<K> key,
                Deserializer<V> value,
                Consumer<KafkaClient.Tracked> onClose) {
            super(properties(settings, clientId, group), key, value);
            this.onClose = onClose;
        }

        private static Map<String, Object> properties(KafkaSettings settings, String clientId, String group) {
            Map<String, Object> properties = KafkaProperties.of(settings, clientId, ConsumerConfig.configNames());
            properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
            return properties;
        }

        @Override
        public void close() {
            onClose.accept(this);
            super.close();
        }

        @Override
        @Deprecated
        @SuppressWarnings("deprecation") // whoever calls it must be heard as well
        public void close(Duration timeout) {
            onClose.accept(this);
            super.close(timeout);
        }

        @Override
        public void close(CloseOptions options) {
            onClose.accept(this);
            super.close(options);
        }

        @Override
        public void end() {
            try {
                endQuietly(() -> close(CloseOptions.timeout(Duration.ZERO)));
            } catch (ConcurrentModificationException e) {
                // It is with another thread, which alone may close it.
                wakeup();
            }
        }
    }
}
