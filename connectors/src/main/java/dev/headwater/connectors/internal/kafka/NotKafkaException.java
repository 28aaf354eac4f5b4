package dev.headwater.connectors.internal.kafka;

import java.io.IOException;

/** What answers does not speak Kafka's protocol. */
final class NotKafkaException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean tlsAlert;

    NotKafkaException(String message) {
        this(message, false);
    }

    private NotKafkaException(String message, boolean tlsAlert) {
        super(message);
        this.tlsAlert = tlsAlert;
    }

    /** The answer to plain text was an alert of TLS. */
    static NotKafkaException tlsAlert() {
        return new NotKafkaException("the broker answers with TLS", true);
    }

    boolean isTlsAlert() {
        return tlsAlert;
    }
}
