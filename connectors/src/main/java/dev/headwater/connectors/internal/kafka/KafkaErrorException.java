package dev.headwater.connectors.internal.kafka;

import java.io.IOException;

/** A broker answered with an error code: https://kafka.apache.org/protocol#protocol_error_codes. */
final class KafkaErrorException extends IOException {

    static final int UNKNOWN_TOPIC = 3;
    static final int LEADER_NOT_AVAILABLE = 5;
    static final int NOT_LEADER = 6;
    static final int REPLICA_NOT_AVAILABLE = 9;
    static final int INVALID_TOPIC = 17;
    static final int TOPIC_FORBIDDEN = 29;
    static final int GROUP_FORBIDDEN = 30;
    static final int CLUSTER_FORBIDDEN = 31;
    static final int UNSUPPORTED_SASL_MECHANISM = 33;
    static final int ILLEGAL_SASL_STATE = 34;
    static final int UNSUPPORTED_VERSION = 35;
    static final int SASL_AUTHENTICATION_FAILED = 58;

    private static final long serialVersionUID = 1L;

    private final int error;

    KafkaErrorException(int error, String message) {
        super(message);
        this.error = error;
    }

    /** Throws if the code says that something went wrong. */
    static void check(int error, String what) throws KafkaErrorException {
        if (error != 0) {
            throw new KafkaErrorException(error, what + " (error " + error + " of Kafka)");
        }
    }

    /** {@return whether a partition is moving to another broker just now, which ends by itself} */
    static boolean isMoving(int error) {
        return error == LEADER_NOT_AVAILABLE || error == NOT_LEADER || error == REPLICA_NOT_AVAILABLE;
    }

    int error() {
        return error;
    }
}
