package dev.headwater.connectors.internal.mongodb;

import dev.headwater.connectors.internal.DriverKind.Diagnosis;
import dev.headwater.connectors.internal.Failures;
import dev.headwater.connectors.internal.scram.ScramException;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.io.EOFException;
import java.net.SocketException;
import javax.net.ssl.SSLHandshakeException;
import org.bson.BsonInvalidOperationException;
import org.jspecify.annotations.Nullable;

/** What the answers of servers mean. */
final class MongoFailures {

    private MongoFailures() {}

    static ConnectorException translate(ConnectionTarget target, String doing, Throwable failure) {
        return Failures.translate(
                (cause, config) -> meaning(cause), target.config(), target.cancellation(), doing, failure);
    }

    private static @Nullable Diagnosis meaning(Throwable failure) {
        if (failure instanceof MongoErrorException answer) {
            return meaning(answer.error());
        }
        // An answer is a document, and not one of those that were asked for.
        if (failure instanceof NotMongoException
                || failure instanceof ScramException
                || failure instanceof BsonInvalidOperationException) {
            return Diagnosis.of(FailureCode.WRONG_SERVER);
        }
        if (failure instanceof SSLHandshakeException && !(failure.getCause() instanceof SocketException)) {
            return new Diagnosis(
                    FailureCode.TLS_FAILED,
                    "Check that the server's certificate is trusted and names this host. For a server without TLS, set"
                            + " extraProperties.tls to false.");
        }
        if (failure instanceof EOFException) {
            return new Diagnosis(
                    FailureCode.CONNECTION_LOST,
                    "The server closed the connection; check extraProperties.tls, and see the server's log.");
        }
        return null;
    }

    private static Diagnosis meaning(int error) {
        return switch (error) {
            case MongoErrorException.AUTHENTICATION_FAILED,
                    MongoErrorException.USER_NOT_FOUND,
                    MongoErrorException.MECHANISM_UNAVAILABLE,
                    MongoErrorException.ATLAS ->
                new Diagnosis(
                        FailureCode.WRONG_CREDENTIALS,
                        "Check the user name and the password, and which database knows the user"
                                + " (extraProperties.authSource, admin by default).");
            case MongoErrorException.UNAUTHORIZED -> Diagnosis.of(FailureCode.PERMISSION_DENIED);
            case MongoErrorException.TIME_EXPIRED -> Diagnosis.of(FailureCode.TIMED_OUT);
            case MongoErrorException.NO_SUCH_COMMAND ->
                new Diagnosis(
                        FailureCode.WRONG_SERVER, "The server does not know a command that MongoDB has had since 3.6.");
            case MongoErrorException.SHUTTING_DOWN -> Diagnosis.of(FailureCode.CONNECTION_LOST);
            default -> Diagnosis.of(FailureCode.FAILED);
        };
    }
}
