package dev.headwater.core.internal.kind;

import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.ValueEncoding;

/** What a config says of one field. Prints without secrets. */
public sealed interface ParsedValue {

    /**
     * A value that is no secret.
     *
     * @param value a {@link String}, {@link Long} or {@link Boolean}
     */
    record Plain(Object value) implements ParsedValue {}

    /** A literal value of a secret field. */
    record Secret(SecretValue value) implements ParsedValue {}

    /**
     * A link to a secret.
     *
     * @param encoding how the secret's text will hold the value, by the key under which the link was given
     */
    record Link(LinkedSecretRef reference, ValueEncoding encoding) implements ParsedValue {}

    /** An explicit null: nothing where all is new, a wish to clear where something is there. */
    record Cleared() implements ParsedValue {}
}
