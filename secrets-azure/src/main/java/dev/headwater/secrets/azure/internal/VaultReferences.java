package dev.headwater.secrets.azure.internal;

import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretReferenceException.Reason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads references to secrets. The vendor's {@code KeyVaultSecretIdentifier} is no check: it takes http, other hosts, user
 * info and keys.
 *
 * @param scope which vault the store reads
 */
public record VaultReferences(VaultScope scope) {

    private static final int MAX_SHOWN = 300;

    private static final String NAME = "[0-9A-Za-z-]{1,127}";

    private static final Pattern LOCAL = Pattern.compile(NAME);

    /**
     * Scheme, host and collection in any case, for Key Vault compares identifiers that way.
     *
     * @see <a href="https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates">Key Vault's
     *     identifiers</a>
     */
    private static final Pattern FULL =
            Pattern.compile("(?i:https)://([0-9A-Za-z.-]+)(?::([1-9][0-9]{0,4}))?/(?i:secrets)/(" + NAME
                    + ")(?:/([0-9A-Za-z]{1,64}))?");

    /**
     * {@return the secret's name in its vault, in the case that it was written in}
     *
     * @param reference a name or an identifier
     * @throws SecretReferenceException if it is neither, lies in another vault, or asks for a certain version
     */
    public String normalize(String reference) {
        if (LOCAL.matcher(reference).matches()) {
            return reference;
        }
        Matcher full = FULL.matcher(reference);
        if (!full.matches()) {
            throw refuse(
                    Reason.MALFORMED,
                    reference,
                    "is neither the name of a secret (1 to 127 ASCII letters, digits and hyphens) nor a secret's URL:"
                            + " write the name, or " + scope.secret("<name>"));
        }
        if (!isThisVault(full.group(1), full.group(2))) {
            throw refuse(
                    Reason.WRONG_STORE,
                    reference,
                    "lies in another vault; the store reads secrets of " + scope.url()
                            + " only: write the name of a secret there, or " + scope.secret("<name>"));
        }
        String name = full.group(3);
        if (full.group(4) != null) {
            throw refuse(
                    Reason.PINNED_VERSION,
                    reference,
                    "asks for version " + full.group(4) + "; only the latest version is read: write \"" + name + "\"");
        }
        return name;
    }

    /**
     * {@return whether an answer's identifier is of a version of that secret}
     *
     * @param name a local name
     * @param identifier what came back, or null
     */
    public boolean isVersionOf(String name, @Nullable String identifier) {
        if (identifier == null) {
            return false;
        }
        Matcher full = FULL.matcher(identifier);
        // Key Vault's own identifiers leave the port out.
        return full.matches()
                && full.group(1).equalsIgnoreCase(scope.host())
                && (full.group(2) == null || isThisVault(full.group(1), full.group(2)))
                && full.group(3).equalsIgnoreCase(name)
                && full.group(4) != null;
    }

    private boolean isThisVault(String host, @Nullable String port) {
        return host.equalsIgnoreCase(scope.host())
                && (port == null ? VaultScope.HTTPS : Integer.parseInt(port)) == scope.port();
    }

    private SecretReferenceException refuse(Reason reason, String reference, String what) {
        return new SecretReferenceException(
                reason, reference, scope.secret("<name>"), "the secret reference " + shown(reference) + " " + what);
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
