package dev.headwater.secrets.gcp.internal;

import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.SecretPayload;
import com.google.protobuf.ByteString;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.spi.SecretValue;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Takes the value from an answer, once the answer is known to be for the secret asked for and to be whole.
 *
 * @param scope where the store's secrets lie
 */
public record GcpAnswers(GcpScope scope) {

    private static final Pattern VERSION_NAME =
            Pattern.compile("projects/([^/]+)(?:/locations/([^/]+))?/secrets/([^/]+)/versions/[1-9][0-9]*");

    /**
     * {@return the value}
     *
     * @throws SecretStoreException if the answer is for another secret, is damaged, or holds no text
     */
    public SecretValue value(String name, AccessSecretVersionResponse answer) {
        if (!isOf(name, answer.getName())) {
            // The name that came back stays out: whoever sent a wrong answer wrote it.
            throw new SecretStoreException(
                    Reason.WRONG_ANSWER,
                    name,
                    "Secret Manager answered with another resource than a version of " + scope.secret(name),
                    null);
        }
        SecretPayload payload = answer.getPayload();
        if (payload.hasDataCrc32C() && payload.getDataCrc32C() != crc32c(payload.getData())) {
            throw new SecretStoreException(
                    Reason.WRONG_ANSWER,
                    name,
                    "the payload of " + scope.secret(name) + " does not match its checksum (CRC32C); fetch it again",
                    null);
        }
        try {
            return SecretValue.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(payload.getData().asReadOnlyByteBuffer())
                    .toString());
        } catch (CharacterCodingException notText) {
            throw new SecretStoreException(
                    Reason.UNUSABLE,
                    name,
                    "the payload of " + scope.secret(name) + " is not UTF-8 text; store binary values as Base64 text",
                    null);
        }
    }

    /** Answers carry the project's number, also to a request by id, so the id is compared only where it came back. */
    private boolean isOf(String name, String answered) {
        Matcher version = VERSION_NAME.matcher(answered);
        if (!version.matches() || !version.group(3).equals(name)) {
            return false;
        }
        String project = version.group(1);
        String location = version.group(2);
        boolean sameProject = scope.isProject(project) || (scope.number() == null && GcpScope.isNumber(project));
        return sameProject && (location == null ? scope.location() == null : location.equals(scope.location()));
    }

    private static long crc32c(ByteString data) {
        CRC32C crc = new CRC32C();
        crc.update(data.asReadOnlyByteBuffer());
        return crc.getValue();
    }
}
