package dev.headwater.spi;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A link to a secret as it is stored: checked, and normalized to the name that is local to its store. The latest
 * version is always meant.
 *
 * @param store the name under which the host registered the secret store
 * @param name the secret's name in that store
 * @param field a JSON Pointer (RFC 6901) into a secret that holds JSON, or null for the whole secret
 * @param encoding how the secret's text holds the value: Chalk's keys that end in {@code _B64} or {@code _BASE64} mean
 *     {@link ValueEncoding#BASE64}
 */
public record LinkedSecret(
        String store, String name, @Nullable String field, ValueEncoding encoding) {

    /** The most characters of a secret store's name. */
    public static final int MAX_STORE_LENGTH = 128;

    /** The most characters of a store-local secret name (AWS allows 512, the others less). */
    public static final int MAX_NAME_LENGTH = 1_024;

    /** The most characters of a JSON Pointer. */
    public static final int MAX_FIELD_LENGTH = 512;

    private static final Pattern JSON_POINTER = Pattern.compile("(/([^/~]|~[01])*)*");

    /** @throws IllegalArgumentException if a part is empty or too long, or the field is no JSON Pointer */
    public LinkedSecret {
        Checks.text("secret store name", store, MAX_STORE_LENGTH);
        Checks.text("secret name", name, MAX_NAME_LENGTH);
        if (field != null) {
            checkField(field);
        }
    }

    static void checkField(String field) {
        Checks.length("JSON Pointer", field, MAX_FIELD_LENGTH);
        if (!JSON_POINTER.matcher(field).matches()) {
            throw new IllegalArgumentException(
                    "a field of a linked secret is a JSON Pointer such as /password, got: " + field);
        }
    }

    @Override
    public String toString() {
        return store + ":" + name + (field == null ? "" : "#" + field);
    }
}
