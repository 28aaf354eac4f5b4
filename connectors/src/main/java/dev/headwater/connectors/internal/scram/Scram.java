package dev.headwater.connectors.internal.scram;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of SCRAM, without channel binding: https://www.rfc-editor.org/rfc/rfc5802. One login each. */
public final class Scram {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 18;

    /** RFC 5802, 5.1: fewer would make the password easy to guess for who listens in. */
    private static final int FEWEST_ITERATIONS = 4_096;

    /** A server cannot keep a thread busy for longer than about a second. */
    private static final int MOST_ITERATIONS = 1_000_000;

    /** The header {@code n,,} of a client without channel binding, in Base64. */
    private static final String NO_BINDING = "biws";

    private final String mac;
    private final String digest;
    private final byte[] password;
    private final String firstBare;
    private final String nonce;
    private byte[] expectedSignature = {};

    /**
     * @param bits 1, 256 or 512, as in the name of the mechanism
     * @param user the name, as the server's own rules prepare it
     * @param password the same of the password; not empty
     */
    public Scram(int bits, String user, String password) {
        this.mac = "HmacSHA" + bits;
        this.digest = "SHA-" + bits;
        this.password = password.getBytes(StandardCharsets.UTF_8);
        byte[] random = new byte[NONCE_BYTES];
        RANDOM.nextBytes(random);
        this.nonce = Base64.getEncoder().encodeToString(random);
        this.firstBare = "n=" + user.replace("=", "=3D").replace(",", "=2C") + ",r=" + nonce;
    }

    /** {@return the first message of the login} */
    public byte[] first() {
        return ("n,," + firstBare).getBytes(StandardCharsets.UTF_8);
    }

    /** {@return the answer to the server's challenge} */
    public byte[] last(byte[] challenge) throws IOException {
        String serverFirst = new String(challenge, StandardCharsets.UTF_8);
        Map<String, String> parts = parts(serverFirst);
        String bothNonces = parts.getOrDefault("r", "");
        if (!bothNonces.startsWith(nonce)) {
            throw new ScramException("the server's SCRAM challenge is for somebody else");
        }
        byte[] salted = salted(decoded(parts.getOrDefault("s", "")), iterations(parts.getOrDefault("i", "")));
        String lastBare = "c=" + NO_BINDING + ",r=" + bothNonces;
        byte[] signed = (firstBare + "," + serverFirst + "," + lastBare).getBytes(StandardCharsets.UTF_8);
        byte[] clientKey = hmac(salted, "Client Key".getBytes(StandardCharsets.UTF_8));
        byte[] proof = hmac(hash(clientKey), signed);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        expectedSignature = hmac(hmac(salted, "Server Key".getBytes(StandardCharsets.UTF_8)), signed);
        return (lastBare + ",p=" + Base64.getEncoder().encodeToString(proof)).getBytes(StandardCharsets.UTF_8);
    }

    /** Checks that the server knows the password, too. */
    public void verify(byte[] serverLast) throws IOException {
        String signature = parts(new String(serverLast, StandardCharsets.UTF_8)).getOrDefault("v", "");
        if (!MessageDigest.isEqual(expectedSignature, decoded(signature))) {
            throw new ScramException("the server did not prove that it knows the password");
        }
    }

    private static Map<String, String> parts(String message) {
        Map<String, String> parts = new HashMap<>();
        for (String part : message.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.putIfAbsent(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return parts;
    }

    private static byte[] decoded(String base64) throws ScramException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new ScramException("the server's SCRAM message makes no sense");
        }
    }

    private static int iterations(String text) throws ScramException {
        int iterations;
        try {
            iterations = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            iterations = 0;
        }
        if (iterations < FEWEST_ITERATIONS || iterations > MOST_ITERATIONS) {
            throw new ScramException("the server's SCRAM iterations must be from " + FEWEST_ITERATIONS + " to "
                    + MOST_ITERATIONS + ", are " + iterations);
        }
        return iterations;
    }

    /** The function Hi of RFC 5802. */
    private byte[] salted(byte[] salt, int iterations) {
        byte[] block = new byte[salt.length + 4];
        System.arraycopy(salt, 0, block, 0, salt.length);
        block[salt.length + 3] = 1;
        Mac function = mac(password);
        byte[] round = function.doFinal(block);
        byte[] result = round.clone();
        for (int i = 1; i < iterations; i++) {
            round = function.doFinal(round);
            for (int j = 0; j < result.length; j++) {
                result[j] ^= round[j];
            }
        }
        return result;
    }

    private byte[] hmac(byte[] key, byte[] text) {
        return mac(key).doFinal(text);
    }

    private Mac mac(byte[] key) {
        try {
            Mac function = Mac.getInstance(mac);
            function.init(new SecretKeySpec(key, mac));
            return function;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] hash(byte[] text) {
        try {
            return MessageDigest.getInstance(digest).digest(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
