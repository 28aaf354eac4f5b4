package dev.headwater.connectors.internal.ssh;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.JSchSessionDisconnectException;
import dev.headwater.connectors.internal.net.DestinationRefusedException;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.TunnelException;
import dev.headwater.spi.FailureCode;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** What JSch's exceptions mean. All say that it is the tunnel that failed. */
record SshFailures(Endpoint server) {

    /** Reasons of RFC 4254, section 5.1. */
    private static final int PROHIBITED = 1;

    private static final int CONNECT_FAILED = 2;

    IOException login(JSchException failure, BastionSocket socket, String fingerprint) {
        IOException socketFailure = socket.failure();
        if (socketFailure instanceof DestinationRefusedException) {
            return socketFailure;
        }
        if (socketFailure != null) {
            return socket(socketFailure);
        }
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof JSchHostKeyException) {
            return failed(
                    FailureCode.HOST_KEY_REFUSED,
                    "its host key " + fingerprint + " is not trusted",
                    FailureCode.HOST_KEY_REFUSED.hint());
        } else if (rejected(failure, message)) {
            return failed(
                    FailureCode.WRONG_CREDENTIALS,
                    "it does not let the user in",
                    "Check the user name and the password or key for the SSH server.");
        } else if (failure instanceof JSchAlgoNegoFailException) {
            return failed(
                    FailureCode.FAILED,
                    "no algorithm is known to both sides",
                    "The SSH server offers only algorithms that are given up as unsafe; update it.");
        } else if (socket.isStranger() || message.contains("invalid server's version string")) {
            return failed(
                    FailureCode.WRONG_SERVER, "no SSH server answers there", "Check the SSH host and the SSH port.");
        } else if (message.contains("timeout") || message.contains("SocketTimeoutException")) {
            return socket(new SocketTimeoutException("the time is up"));
        }
        return failed(
                FailureCode.CONNECTION_LOST,
                "it ended the connection during the login",
                "Look into the log of the SSH server.");
    }

    private static boolean rejected(JSchException failure, String message) {
        return message.startsWith("Auth ")
                || message.startsWith("USERAUTH fail")
                || (failure instanceof JSchSessionDisconnectException && message.contains("authentication"));
    }

    private IOException socket(IOException failure) {
        if (failure instanceof UnknownHostException) {
            return failed(
                    FailureCode.UNKNOWN_HOST,
                    "the name of the SSH server is not known",
                    "Check the spelling of the SSH host, and that this machine can resolve it.");
        } else if (failure instanceof SocketTimeoutException) {
            return failed(
                    FailureCode.TIMED_OUT,
                    "the SSH server does not answer in time",
                    "Check that the SSH host and port are reachable from this machine.");
        }
        return failed(
                FailureCode.CONNECTION_REFUSED,
                "the SSH server cannot be reached",
                "Check the SSH port, that the SSH server is running, and that a firewall lets this machine through.");
    }

    /** @param reason why the SSH server did not open the way, as a number of the protocol; or -1 */
    IOException channel(JSchException failure, int reason, String host, int port) {
        String destination = host + ":" + port;
        if (reason == PROHIBITED) {
            return failed(
                    FailureCode.PERMISSION_DENIED,
                    "it does not forward to " + destination,
                    "Allow TCP forwarding for the user on the SSH server (AllowTcpForwarding, PermitOpen).");
        } else if (reason == CONNECT_FAILED) {
            return failed(
                    FailureCode.CONNECTION_REFUSED,
                    "the tunnel stands, but from there " + destination + " cannot be reached",
                    "Check host and port of the data source as seen from the SSH server.");
        }
        return channel(failure, host, port);
    }

    IOException channel(JSchException failure, String host, int port) {
        return failed(
                String.valueOf(failure.getMessage()).contains("timeout")
                        ? FailureCode.TIMED_OUT
                        : FailureCode.CONNECTION_LOST,
                "the tunnel stands, but from there " + host + ":" + port + " does not answer",
                "Check host and port of the data source as seen from the SSH server.");
    }

    private TunnelException failed(FailureCode code, String what, String hint) {
        return new TunnelException(code, "SSH tunnel through " + server + ": " + what, hint);
    }
}
