package dev.headwater.connectors.internal.kafka;

import dev.headwater.connectors.internal.DriverKind.Diagnosis;
import dev.headwater.connectors.internal.Failures;
import dev.headwater.connectors.internal.scram.ScramException;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.io.EOFException;
import java.net.SocketException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What the answers of brokers mean. */
final class KafkaFailures {

    private KafkaFailures() {}

    static ConnectorException translate(ConnectionTarget target, String doing, Throwable failure) {
        return Failures.translate(
                (cause, config) -> meaning(cause), target.config(), target.cancellation(), doing, failure);
    }

    private static @Nullable Diagnosis meaning(Throwable failure) {
        if (failure instanceof KafkaErrorException answer) {
            return meaning(answer.error());
        }
        if (failure instanceof NotKafkaException answer) {
            return answer.isTlsAlert()
                    ? new Diagnosis(
                            FailureCode.TLS_FAILED, "The broker expects TLS: set security_protocol to SSL or SASL_SSL.")
                    : Diagnosis.of(FailureCode.WRONG_SERVER);
        }
        if (failure instanceof ScramException) {
            return Diagnosis.of(FailureCode.WRONG_SERVER);
        }
        if (failure instanceof SSLHandshakeException && !(failure.getCause() instanceof SocketException)) {
            return new Diagnosis(
                    FailureCode.TLS_FAILED,
                    "Check that this port of the broker speaks TLS, that its certificate is trusted (ssl.ca_file) and names"
                            + " this host, and whether it asks for a client certificate (ssl.keystore_location).");
        }
        if (failure instanceof EOFException || failure.getClass() == SocketException.class) {
            return new Diagnosis(
                    FailureCode.CONNECTION_LOST,
                    "The broker closed the connection; check that security_protocol is that of the port, and whether it asks"
                            + " for a client certificate (ssl.keystore_location), and see the broker's log.");
        }
        return null;
    }

    private static Diagnosis meaning(int error) {
        return switch (error) {
            case KafkaErrorException.UNKNOWN_TOPIC, KafkaErrorException.INVALID_TOPIC ->
                new Diagnosis(FailureCode.NO_SUCH_DATABASE, "Check the name of the topic.");
            case KafkaErrorException.TOPIC_FORBIDDEN,
                    KafkaErrorException.GROUP_FORBIDDEN,
                    KafkaErrorException.CLUSTER_FORBIDDEN ->
                new Diagnosis(
                        FailureCode.PERMISSION_DENIED, "Grant the user the rights Describe and Read on the topic.");
            case KafkaErrorException.UNSUPPORTED_SASL_MECHANISM ->
                new Diagnosis(FailureCode.WRONG_CREDENTIALS, "Set sasl.mechanism to one that the broker offers.");
            case KafkaErrorException.ILLEGAL_SASL_STATE ->
                new Diagnosis(
                        FailureCode.WRONG_SERVER,
                        "This port of the broker takes no logins: set security_protocol to PLAINTEXT or SSL, or use another"
                                + " port.");
            case KafkaErrorException.SASL_AUTHENTICATION_FAILED -> Diagnosis.of(FailureCode.WRONG_CREDENTIALS);
            case KafkaErrorException.UNSUPPORTED_VERSION ->
                new Diagnosis(FailureCode.WRONG_SERVER, "The broker is older than Kafka 2.1.");
            default -> Diagnosis.of(FailureCode.FAILED);
        };
    }
}
