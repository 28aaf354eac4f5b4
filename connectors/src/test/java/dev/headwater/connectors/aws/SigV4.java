package dev.headwater.connectors.aws;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks the signature of a request as AWS does, for services other than S3 that are asked by POST without a query.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html">signature version 4</a>
 */
final class SigV4 {

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/([0-9]{8})/([^/]+)/([^/]+)/aws4_request, ?SignedHeaders=([^,]+),"
                    + " ?Signature=([0-9a-f]{64})");

    private SigV4() {}

    /** {@return the access key id that the request names; empty if it is not signed} */
    static String keyId(String authorization) {
        Matcher parts = AUTHORIZATION.matcher(authorization);
        return parts.matches() ? parts.group(1) : "";
    }

    /** {@return whether the request is signed with that secret} */
    static boolean isSigned(String secret, URI uri, Function<String, List<String>> headers, byte[] body) {
        Matcher parts = AUTHORIZATION.matcher(String.join(",", headers.apply("Authorization")));
        if (!parts.matches()) {
            return false;
        }
        String scope = parts.group(2) + "/" + parts.group(3) + "/" + parts.group(4) + "/aws4_request";
        StringBuilder canonical = new StringBuilder("POST\n" + uri.getRawPath() + "\n\n");
        for (String header : parts.group(5).split(";")) {
            canonical
                    .append(header.toLowerCase(Locale.ROOT))
                    .append(':')
                    .append(String.join(",", headers.apply(header)).strip())
                    .append('\n');
        }
        canonical.append('\n').append(parts.group(5)).append('\n').append(sha256(body));
        String toSign = "AWS4-HMAC-SHA256\n" + String.join("", headers.apply("X-Amz-Date")) + "\n" + scope + "\n"
                + sha256(canonical.toString().getBytes(StandardCharsets.UTF_8));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : Arrays.asList(parts.group(2), parts.group(3), parts.group(4), "aws4_request")) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, toSign)).equals(parts.group(6));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
