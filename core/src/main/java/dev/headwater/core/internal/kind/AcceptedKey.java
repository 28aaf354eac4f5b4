package dev.headwater.core.internal.kind;

import dev.headwater.spi.ValueTransform;
import org.jspecify.annotations.Nullable;

/** What a key of a config means to one kind. */
sealed interface AcceptedKey {

    /**
     * A field, by its canonical key or an alias.
     *
     * @param index the field's place in the definition
     * @param transform how values under this key are read, or null if as they are
     * @param linkable whether a link may stand under this key
     */
    record OfField(int index, CompiledField field, @Nullable ValueTransform transform, boolean linkable)
            implements AcceptedKey {}

    /**
     * Something about the data source itself.
     *
     * @param expected what it must be, or null if any text will do and is reported back
     * @param code the code of the violation if it is something else
     */
    record Envelope(@Nullable String expected, String code) implements AcceptedKey {}

    /**
     * A Basedash key that only other dialects use. Basedash's body has the keys of all dialects, so it may be there as long
     * as it says nothing.
     *
     * @param idle the value that says nothing, beside null and empty text; or null if there is no other
     */
    record Foreign(@Nullable Object idle) implements AcceptedKey {}
}
