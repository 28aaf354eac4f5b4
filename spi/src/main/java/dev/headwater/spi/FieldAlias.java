package dev.headwater.spi;

/**
 * The key by which one of the three systems calls a field.
 *
 * @param system which system
 * @param key the key, exactly as that system writes it
 * @param requirement whether that system wants the field
 * @param transform how values under this key become values of the field
 */
public record FieldAlias(SourceSystem system, String key, Requirement requirement, ValueTransform transform) {

    /** @throws IllegalArgumentException if the key is empty, too long, or holds control characters */
    public FieldAlias {
        Checks.text("key of an alias", key, FieldDefinition.MAX_KEY_LENGTH);
    }
}
