package dev.headwater.secrets.aws.internal;

import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretReferenceException.Reason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads references to secrets. The SDK's {@code Arn.fromString} is no check: it only splits.
 *
 * @param scope where the store's secrets lie
 */
public record AwsReferences(AwsScope scope) {

    /**
     * Letters, digits and {@code /_+=.@-}, and the {@code !} of secrets that other services manage.
     *
     * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html">CreateSecret,
     *     Name</a>
     */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]{1,512}");

    /** No name holds a colon, so this never takes one. */
    private static final Pattern ARN = Pattern.compile("arn:([^:]*):([^:]*):([^:]*):([^:]*):([!-~]*)");

    private static final Pattern SECRET = Pattern.compile("secret:([^:]+)(?::([^:]*):([^:]*):([^:]*))?");

    /** Secrets Manager ends each ARN in a hyphen and six random characters, which are not part of the name. */
    private static final Pattern COMPLETE = Pattern.compile("(" + NAME + ")-[A-Za-z0-9]{6}");

    /**
     * {@return the secret's name in its account and region}
     *
     * @param reference a name or a complete ARN
     * @throws SecretReferenceException if it is neither, lies in another scope, or asks for a certain version
     */
    public String normalize(String reference) {
        if (NAME.matcher(reference).matches()) {
            return reference;
        }
        Matcher arn = ARN.matcher(reference);
        if (!arn.matches()) {
            throw refuse(
                    Reason.MALFORMED,
                    reference,
                    "is neither the name of a secret (1 to 512 characters out of A-Z a-z 0-9 / _ + = . @ ! -) nor an ARN: "
                            + "write the name, or " + scope.expected());
        }
        checkScope(reference, arn);
        Matcher secret = SECRET.matcher(arn.group(5));
        if (!secret.matches()) {
            throw refuse(Reason.MALFORMED, reference, "is not the ARN of a secret: write " + scope.expected());
        }
        checkExtra(reference, secret);
        Matcher complete = COMPLETE.matcher(secret.group(1));
        if (!complete.matches()) {
            throw refuse(
                    Reason.MALFORMED,
                    reference,
                    "is not a complete ARN, which ends in a hyphen and 6 characters after the name: "
                            + "write the name alone, or " + scope.expected());
        }
        return complete.group(1);
    }

    /** {@return whether an ARN that Secrets Manager answered with is that of the secret of this name in this scope} */
    public boolean isArnOf(String name, @Nullable String arn) {
        if (arn == null || !arn.startsWith(scope.prefix())) {
            return false;
        }
        Matcher complete = COMPLETE.matcher(arn.substring(scope.prefix().length()));
        return complete.matches() && complete.group(1).equals(name);
    }

    private void checkScope(String reference, Matcher arn) {
        String elsewhere = elsewhere("service", arn.group(2), "secretsmanager");
        if (elsewhere == null) {
            elsewhere = elsewhere("partition", arn.group(1), scope.partition());
        }
        if (elsewhere == null) {
            elsewhere = elsewhere("account", arn.group(4), scope.account());
        }
        if (elsewhere == null) {
            elsewhere = elsewhere("region", arn.group(3), scope.region());
        }
        if (elsewhere != null) {
            throw refuse(
                    Reason.WRONG_STORE,
                    reference,
                    elsewhere + "; the store reads secrets of " + scope.describe()
                            + " only: write the name of a secret there, or " + scope.expected());
        }
    }

    private static @Nullable String elsewhere(String part, String given, String expected) {
        return given.equals(expected)
                ? null
                : "names " + (given.isEmpty() ? "no " + part : "the " + part + " " + Shown.of(given)) + " instead of "
                        + expected;
    }

    /** What Amazon ECS writes behind an ARN: a JSON key, a version's stage and its id. */
    private void checkExtra(String reference, Matcher secret) {
        String key = secret.group(2);
        if (key == null) {
            return;
        }
        if (!secret.group(3).isEmpty() || !secret.group(4).isEmpty()) {
            throw refuse(
                    Reason.PINNED_VERSION,
                    reference,
                    "asks for a certain version; only the latest version is read: write the ARN up to the name and its 6 "
                            + "characters");
        }
        throw refuse(
                Reason.MALFORMED,
                reference,
                "has more than an ARN: one value of a JSON secret is picked by the link's field, such as /password");
    }

    private SecretReferenceException refuse(Reason reason, String reference, String what) {
        return new SecretReferenceException(
                reason, reference, scope.expected(), "the secret reference " + Shown.of(reference) + " " + what);
    }
}
