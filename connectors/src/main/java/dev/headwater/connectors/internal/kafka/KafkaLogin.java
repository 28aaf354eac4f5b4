package dev.headwater.connectors.internal.kafka;

import dev.headwater.connectors.internal.scram.Scram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Logs in by SASL: https://kafka.apache.org/protocol#sasl_handshake. */
final class KafkaLogin {

    private static final int HANDSHAKE = 17;
    private static final int AUTHENTICATE = 36;

    private KafkaLogin() {}

    static void logIn(KafkaConnection connection, KafkaSettings settings) throws IOException {
        if (!settings.sasl()) {
            return;
        }
        handshake(connection, settings.mechanism());
        if (settings.mechanism().equals(KafkaSettings.BEARER)) {
            byte[] answer = authenticate(connection, bearer(settings.token(connection.endpoint())));
            if (answer.length > 0) {
                // Why it was refused, which the broker says as an error when it is asked once more: RFC 7628, section
                // 3.2.3.
                byte[] unused = authenticate(connection, new byte[] {1});
                throw new NotKafkaException("the broker neither takes nor refuses the login");
            }
        } else if (settings.mechanism().equals(KafkaSettings.PLAIN)) {
            String message = "\0" + settings.user() + "\0" + settings.password();
            authenticate(connection, message.getBytes(StandardCharsets.UTF_8));
        } else {
            Scram scram = new Scram(bits(settings.mechanism()), settings.user(), settings.password());
            byte[] challenge = authenticate(connection, scram.first());
            scram.verify(authenticate(connection, scram.last(challenge)));
        }
    }

    /** RFC 7628, section 3.1. */
    private static byte[] bearer(String token) {
        return ("n,,\u0001auth=Bearer " + token + "\u0001\u0001").getBytes(StandardCharsets.UTF_8);
    }

    private static int bits(String mechanism) {
        return Integer.parseInt(mechanism.substring(mechanism.lastIndexOf('-') + 1));
    }

    private static void handshake(KafkaConnection connection, String mechanism) throws IOException {
        WireIn answer = connection.ask(HANDSHAKE, 1, out -> out.string(mechanism));
        int error = answer.int16();
        List<String> offered = answer.array(WireIn::string);
        KafkaErrorException.check(error, "the broker does not log in by " + mechanism + ", it offers " + offered);
    }

    private static byte[] authenticate(KafkaConnection connection, byte[] message) throws IOException {
        WireIn answer = connection.ask(AUTHENTICATE, 0, out -> out.bytes(message));
        int error = answer.int16();
        String text = answer.nullableString();
        KafkaErrorException.check(error, text == null ? "the broker refuses the login" : text);
        return answer.bytes();
    }
}
