package dev.headwater.connectors.internal;

import dev.headwater.connectors.internal.DriverKind.Diagnosis;
import dev.headwater.connectors.internal.net.DestinationRefusedException;
import dev.headwater.connectors.internal.net.TunnelException;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Turns what drivers, clients and sockets throw into {@link ConnectorException}s: a code, and one redacted line. */
public final class Failures {

    private static final int MAX_TEXT = 2_000;
    private static final int MAX_CAUSES = 20;

    private Failures() {}

    /** Knows what the exceptions of one driver or client mean. */
    @FunctionalInterface
    public interface Diagnoser {

        /** {@return what the exception means, or null if it is for the engine to tell, or for the exception's causes} */
        @Nullable
        Diagnosis diagnose(Throwable cause, ResolvedConfig config);
    }

    static ConnectorException translate(
            DriverKind kind, ResolvedConfig config, Cancellation cancellation, String doing, Throwable failure) {
        return translate(
                (cause, known) -> cause instanceof SQLException sql ? kind.diagnose(sql, known) : null,
                config,
                cancellation,
                doing,
                failure);
    }

    /** Throws {@link FailureCode#CANCELLED} if the target's work is cancelled. */
    public static void refuseCancelled(ConnectionTarget target) {
        if (target.cancellation().cancelled()) {
            throw new ConnectorException(FailureCode.CANCELLED, "cancelled");
        }
    }

    /**
     * {@return the refusal to go on while a library would write secrets into its log} Only the host can change that.
     *
     * @param level at which it does, in the words of the log
     * @param secrets what it writes
     * @param hint which level to set
     */
    public static ConnectorException revealingLog(String logger, String level, String secrets, String hint) {
        return new ConnectorException(
                FailureCode.FAILED,
                "the level of the logger " + logger + " is " + level + ", at which it writes " + secrets,
                hint);
    }

    /**
     * Translates a failure.
     *
     * @param diagnoser asked about the failure and its causes, outermost first
     * @param doing what was being done, such as {@code log in to db.example.com:5432}
     */
    public static ConnectorException translate(
            Diagnoser diagnoser, ResolvedConfig config, Cancellation cancellation, String doing, Throwable failure) {
        if (failure instanceof ConnectorException known) {
            return known;
        }
        String what = "could not " + doing + ": ";
        if (cancellation.cancelled()) {
            return new ConnectorException(FailureCode.CANCELLED, line(what + "cancelled", config));
        }
        Diagnosis diagnosis = diagnose(diagnoser, config, failure);
        String message = line(what + texts(failure), config);
        return diagnosis.hint() == null
                ? new ConnectorException(diagnosis.code(), message)
                : new ConnectorException(diagnosis.code(), message, diagnosis.hint());
    }

    private static Diagnosis diagnose(Diagnoser diagnoser, ResolvedConfig config, Throwable failure) {
        List<Throwable> chain = chain(failure);
        for (Throwable cause : chain) {
            if (cause instanceof TunnelException tunnel) {
                return new Diagnosis(tunnel.code(), tunnel.hint());
            } else if (cause instanceof DestinationRefusedException) {
                return Diagnosis.of(FailureCode.DESTINATION_REFUSED);
            }
        }
        for (Throwable cause : chain) {
            Diagnosis known = diagnoser.diagnose(cause, config);
            known = known == null ? network(cause) : known;
            if (known != null) {
                return known;
            }
        }
        return Diagnosis.of(FailureCode.FAILED);
    }

    private static @Nullable Diagnosis network(Throwable cause) {
        FailureCode code = networkCode(cause);
        return code == null ? null : Diagnosis.of(code);
    }

    // The messages that this looks at are the JDK's own and OkHttp's, which are not translated.
    private static @Nullable FailureCode networkCode(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof UnknownHostException) {
            return FailureCode.UNKNOWN_HOST;
        } else if (cause instanceof InterruptedIOException) {
            return FailureCode.TIMED_OUT;
        } else if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return message.contains("timed out") ? FailureCode.TIMED_OUT : FailureCode.CONNECTION_REFUSED;
        } else if (cause instanceof SSLHandshakeException || cause instanceof CertificateException) {
            return FailureCode.TLS_FAILED;
        } else if (cause instanceof SSLException) {
            if (cause.getCause() instanceof SocketException || cause.getCause() instanceof SocketTimeoutException) {
                return null;
            }
            return message.contains("unrecognized SSL message") ? FailureCode.WRONG_SERVER : FailureCode.TLS_FAILED;
        } else if (cause instanceof SocketException || cause instanceof EOFException) {
            return FailureCode.CONNECTION_LOST;
        } else if (cause instanceof ProtocolException) {
            return message.contains("unexpected end of stream")
                    ? FailureCode.CONNECTION_LOST
                    : FailureCode.WRONG_SERVER;
        }
        return null;
    }

    /** {@return the failure and its causes, outermost first} */
    public static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable at = failure;
                at != null && chain.size() < MAX_CAUSES && !chain.contains(at);
                at = at.getCause()) {
            chain.add(at);
        }
        return chain;
    }

    /** The failure's own words, and its innermost cause's, which say more where the driver only says that it failed. */
    private static String texts(Throwable failure) {
        List<Throwable> chain = chain(failure);
        String outer = text(failure);
        String inner = text(chain.get(chain.size() - 1));
        return outer.contains(inner) ? outer : outer + " (" + inner + ")";
    }

    /** {@return the message, or the name of the class where there is none or it would not be understood alone} */
    static String text(Throwable failure) {
        String message = failure.getMessage();
        String name = failure.getClass().getSimpleName();
        if (message == null || message.isBlank()) {
            return name;
        }
        boolean plain = failure instanceof SQLException
                || failure instanceof DestinationRefusedException
                || failure instanceof TunnelException;
        return plain ? message : name + ": " + message;
    }

    /** {@return the text redacted, on one line, without characters that would not be seen, and not too long} */
    public static String line(String text, ResolvedConfig config) {
        String redacted = String.valueOf(config.redact(text));
        String line = redacted.replaceAll("[\\p{Cc}\\p{Cf}\\p{Z}]+", " ").strip();
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
    }
}
