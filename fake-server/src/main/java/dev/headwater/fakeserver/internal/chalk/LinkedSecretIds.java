package dev.headwater.fakeserver.internal.chalk;

import dev.headwater.fakeserver.LinkedStore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what may stand as the id of a linked secret: a name, or a full identifier in the environment's own secret store.
 * Full identifiers become names; a version other than the latest is refused.
 */
final class LinkedSecretIds {

    private static final Pattern ARN = Pattern.compile(
            "arn:(aws[a-z-]*):secretsmanager:([a-z0-9-]+):([0-9]{12}):secret:([^:]+)(?::([^:]*):([^:]*):([^:]*))?");
    private static final Pattern ARN_SUFFIX = Pattern.compile("-[A-Za-z0-9]{6}$");
    private static final Pattern GCP =
            Pattern.compile("projects/([^/]+)(?:/locations/([^/]+))?/secrets/([A-Za-z0-9_-]+)(?:/versions/([^/]+))?");
    private static final Pattern AZURE =
            Pattern.compile("https://([A-Za-z0-9-]+)\\.vault\\.azure\\.net/secrets/([A-Za-z0-9-]+)(?:/([^/]*))?/?");

    private LinkedSecretIds() {}

    /**
     * {@return the name that the store has for the secret}
     *
     * @param store the environment's secret store; null if the test named none, and any is taken
     * @throws ChalkException if it is no reference, or one to another store or a certain version
     */
    static String local(String key, String id, @Nullable LinkedStore store) {
        if (id.isBlank() || id.length() > 2_048) {
            throw ChalkException.invalid(
                    "config key " + Texts.shown(key) + ": secret_id must not be empty or too long");
        }
        Matcher arn = ARN.matcher(id);
        if (arn.matches()) {
            same(key, store, new LinkedStore.Aws(arn.group(3), arn.group(2)));
            latest(key, arn.group(7), "");
            latest(key, arn.group(6), "AWSCURRENT");
            return ARN_SUFFIX.matcher(arn.group(4)).replaceFirst("");
        }
        Matcher gcp = GCP.matcher(id);
        if (gcp.matches()) {
            same(key, store, new LinkedStore.Gcp(gcp.group(1), gcp.group(2)));
            latest(key, gcp.group(4), "latest");
            return gcp.group(3);
        }
        Matcher azure = AZURE.matcher(id);
        if (azure.matches()) {
            same(key, store, new LinkedStore.Azure(azure.group(1)));
            latest(key, azure.group(3), "");
            return azure.group(2);
        }
        if (id.startsWith("arn:") || id.startsWith("projects/") || id.contains("://")) {
            throw ChalkException.invalid("config key " + Texts.shown(key)
                    + ": secret_id is neither a name nor a full identifier of a secret");
        }
        return id;
    }

    private static void same(String key, @Nullable LinkedStore store, LinkedStore given) {
        if (store != null && !store.covers(given)) {
            throw ChalkException.invalid(
                    "config key " + Texts.shown(key) + ": the linked secret must be in " + store + ", not in " + given);
        }
    }

    private static void latest(String key, @Nullable String version, String latest) {
        if (version != null && !version.isEmpty() && !version.equals(latest)) {
            throw ChalkException.invalid("config key " + Texts.shown(key)
                    + ": a linked secret is always read in its latest version, so none may be given");
        }
    }
}
