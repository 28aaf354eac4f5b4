package dev.headwater.connectors.internal.aws;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The computing of signature version 4. Needs nothing of the SDK.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html">signature version 4</a>
 */
public final class SignatureV4 {

    /** What it calls itself. */
    public static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private SignatureV4() {}

    /**
     * {@return the signature of a canonical request, in hex}
     *
     * @param secret the secret half of the access key
     * @param time of the request, as its date header has it
     * @param scope date, region, service and {@code aws4_request}, with slashes between
     */
    public static String of(String canonicalRequest, String secret, String time, String scope) {
        byte[] request = canonicalRequest.getBytes(StandardCharsets.UTF_8);
        String toSign = String.join("\n", ALGORITHM, time, scope, hash(request));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            key = mac(key, part);
        }
        return HexFormat.of().formatHex(mac(key, toSign));
    }

    /** {@return the hash of what is sent, in hex} */
    public static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no SHA-256", e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no HMAC with SHA-256", e);
        }
    }
}
