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
            "arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):([0-9]{12}):secret:([A-Za-z0-9/_+=.@!-]{1,512}?)(?:-[A-Za-z0-9]{6})?");
    private static final Pattern VERSIONED_ARN = Pattern.compile("(arn:.*:secret:[^:]+):([^:]*):([^:]*):([^:]*)");
    private static final Pattern GCP = Pattern.compile(
            "projects/([a-z0-9.:-]+)(?:/locations/([a-z0-9-]+))?/secrets/([A-Za-z0-9_-]{1,255})(?:/versions/([^/]+))?");
    private static final Pattern AZURE = Pattern.compile(
            "https://([a-z0-9-]+)\\.vault\\.azure\\.net/secrets/([a-z0-9-]{1,127})(?:/([^/]*))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]{1,512}");

    private LinkedSecretIds() {}

    /**
     * {@return the name that the store has for the secret}
     *
     * @param store the environment's secret store; null if the test named none, and any is taken
     * @throws ChalkException if it is no reference, or one to another store or a certain version
     */
    static String local(String key, String id, @Nullable LinkedStore store) {
        Matcher versioned = VERSIONED_ARN.matcher(id);
        if (versioned.matches()) {
            // the form of task definitions, with a JSON key, a stage and a version
            latest(key, versioned.group(3), "AWSCURRENT");
            latest(key, versioned.group(4), "");
        }
        String plain = versioned.matches() && versioned.group(2).isEmpty() ? versioned.group(1) : id;
        Matcher arn = ARN.matcher(plain);
        if (arn.matches()) {
            same(key, store, new LinkedStore.Aws(arn.group(2), arn.group(1)));
            return arn.group(3);
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
        if (!NAME.matcher(id).matches() || id.startsWith("projects/")) {
            throw ChalkException.invalid("config key " + Texts.shown(key)
                    + ": secret_id must be the name of a secret, or its full identifier in a cloud's secret manager");
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
