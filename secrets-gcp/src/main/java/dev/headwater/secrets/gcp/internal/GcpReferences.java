package dev.headwater.secrets.gcp.internal;

import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretReferenceException.Reason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads references to secrets. Google's own {@code SecretName.parse} is no check: it takes an empty project and spaces.
 *
 * @param scope where the store's secrets lie
 */
public record GcpReferences(GcpScope scope) {

    private static final int MAX_SHOWN = 300;

    /**
     * Letters, digits, hyphens and underscores; upper and lower case differ.
     *
     * @see <a href="https://cloud.google.com/secret-manager/docs/reference/rpc/google.cloud.secretmanager.v1">Secret
     *     Manager's API, CreateSecretRequest.secret_id</a>
     */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");

    private static final Pattern FULL = Pattern.compile(
            "(?://([^/]+)/)?" + "projects/([^/]+)(?:/locations/([^/]+))?/secrets/([^/]+)(?:/versions/([^/]+))?");

    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    /** The alias that Google keeps for the newest version; asking for it by name pins nothing. */
    private static final String LATEST = "latest";

    /**
     * {@return the secret's name in its project}
     *
     * @param reference a name or a resource name
     * @throws SecretReferenceException if it is neither, lies in another scope, or asks for a certain version
     */
    public String normalize(String reference) {
        if (NAME.matcher(reference).matches()) {
            return reference;
        }
        Matcher full = FULL.matcher(reference);
        if (!full.matches()) {
            throw malformed(reference);
        }
        checkScope(reference, full.group(1), full.group(2), full.group(3));
        String name = full.group(4);
        String version = full.group(5);
        if (!NAME.matcher(name).matches()) {
            throw malformed(reference);
        }
        if (version != null && !version.equals(LATEST)) {
            if (!VERSION.matcher(version).matches()) {
                throw malformed(reference);
            }
            throw refuse(
                    Reason.PINNED_VERSION,
                    reference,
                    scope.secret(name),
                    "asks for version " + version + "; only the latest version is read: write \"" + name + "\"");
        }
        return name;
    }

    private void checkScope(String reference, @Nullable String service, String project, @Nullable String location) {
        if (service != null && !service.equals(GcpScope.SERVICE)) {
            throw elsewhere(reference, "names the service " + shown(service) + " instead of " + GcpScope.SERVICE);
        }
        if (!scope.isProject(project)) {
            boolean otherSpelling = GcpScope.isNumber(project) != GcpScope.isNumber(scope.project())
                    && (scope.number() == null || scope.number().equals(scope.project()));
            throw elsewhere(
                    reference,
                    "names project " + shown(project)
                            + (otherSpelling
                                    ? ", and the store cannot tell whether id and number mean the same project"
                                    : ""));
        }
        if (location == null ? scope.location() != null : !location.equals(scope.location())) {
            throw elsewhere(
                    reference, location == null ? "names a global secret" : "names location " + shown(location));
        }
    }

    private SecretReferenceException elsewhere(String reference, String what) {
        return refuse(
                Reason.WRONG_STORE,
                reference,
                scope.secret("<name>"),
                what
                        + "; the store reads secrets of " + scope.describe()
                        + " only: write the name of a secret there, or "
                        + scope.secret("<name>"));
    }

    private SecretReferenceException malformed(String reference) {
        return refuse(
                Reason.MALFORMED,
                reference,
                scope.secret("<name>"),
                "is neither the name of a secret (1 to 255 ASCII letters, digits, hyphens and underscores) nor a resource"
                        + " name: write the name, or " + scope.secret("<name>"));
    }

    private static SecretReferenceException refuse(Reason reason, String reference, String expected, String what) {
        return new SecretReferenceException(
                reason, reference, expected, "the secret reference " + shown(reference) + " " + what);
    }

    /** A caller's text in quotes, fit for one line of a log: what is not printable ASCII is escaped, and the rest cut. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < text.length() && i < MAX_SHOWN; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.append(text.length() > MAX_SHOWN ? "…\"" : "\"").toString();
    }
}
