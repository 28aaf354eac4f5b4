package dev.headwater.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a caller writes to link a config value to a secret of a secret manager, in place of the value. The name is
 * Chalk's ({@code LinkedSecretRef}, sent as {@code secret_id}).
 *
 * <p>The reference is not a secret: it is shown in records, history and errors.
 *
 * @param reference the secret's name in its store, or its full identifier (an AWS ARN, a GCP resource name, an Azure
 *     secret URL), if that lies in the same account and region, project or vault as the store
 * @param store the name under which the host registered the secret store, or null for the default one
 * @param field a JSON Pointer (RFC 6901) to one value of a secret that holds JSON, or null for the whole secret
 */
public record LinkedSecretRef(
        String reference, @Nullable String store, @Nullable String field) {

    /** The most characters of a reference; the longest legal one, an AWS ARN, has fewer than 700. */
    public static final int MAX_LENGTH = 2_048;

    /** @throws IllegalArgumentException if a part is empty or too long, or the field is no JSON Pointer */
    public LinkedSecretRef {
        if (reference.isEmpty()) {
            throw new IllegalArgumentException("secret reference must not be empty");
        }
        Checks.length("secret reference", reference, MAX_LENGTH);
        if (store != null) {
            Checks.text("secret store name", store, LinkedSecret.MAX_STORE_LENGTH);
        }
        if (field != null) {
            LinkedSecret.checkField(field);
        }
    }

    /** Links to a secret of the default store. */
    public static LinkedSecretRef of(String reference) {
        return new LinkedSecretRef(reference, null, null);
    }

    /** The same reference in the store of that name. */
    public LinkedSecretRef inStore(String name) {
        return new LinkedSecretRef(reference, name, field);
    }

    /** One value of a secret that holds JSON, by a JSON Pointer such as {@code /password}. */
    public LinkedSecretRef atField(String jsonPointer) {
        return new LinkedSecretRef(reference, store, jsonPointer);
    }
}
