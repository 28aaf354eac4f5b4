package dev.headwater.core;

import dev.headwater.core.internal.kind.CompiledKind;
import dev.headwater.core.internal.kind.KindLookup;
import dev.headwater.core.internal.kind.KindReference;
import dev.headwater.core.internal.kind.KindSchema;
import dev.headwater.core.internal.kind.KnownKind;
import dev.headwater.core.internal.kind.standard.StandardKinds;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.ValidationException;
import dev.headwater.spi.ValidationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kinds that a registry knows, and what configs of them must be. Immutable, and safe for use by many threads. Kinds of
 * Headwater are made when they are first asked for, in a few milliseconds; nothing blocks otherwise.
 *
 * <p>A kind goes by its id ({@code postgresql}) and by what Chalk, DataBrain and Basedash call it ({@code POSTGRESQL},
 * {@code postgres}, {@code SQL_SERVER}), whatever the case of the letters.
 *
 * <p>A config is a map from keys to {@link String}, {@link Number}, {@link Boolean}, {@link dev.headwater.spi.SecretValue}
 * or {@link dev.headwater.spi.LinkedSecretRef}. A key is canonical ({@code ssl.enabled}), canonical in nested maps
 * ({@code ssl}, and in it {@code enabled}), or one that Chalk, DataBrain or Basedash uses for the kind; a config that was
 * made for one of them is read whole, with the {@code name}, {@code type}, {@code dialect} and {@code displayName} that
 * stand in it. Extra driver properties stand in a map under {@code extraProperties}.
 */
public final class KindCatalog {

    private static final KindCatalog STANDARD = new KindCatalog(StandardKinds.all());

    private final KindLookup kinds;

    private KindCatalog(List<KnownKind> known) {
        kinds = new KindLookup(known);
    }

    /** {@return the catalog of the 28 kinds that Headwater brings} */
    public static KindCatalog standard() {
        return STANDARD;
    }

    /** Begins a catalog of the 28 kinds and others. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the kind of that id, or that one of the three systems calls so} */
    public Optional<KindDefinition> find(String kindOrSystemName) {
        KnownKind known = kinds.find(kindOrSystemName);
        return known == null ? Optional.empty() : Optional.of(known.definition());
    }

    /** {@return all kinds, those of Headwater first} */
    public List<KindDefinition> all() {
        return kinds.all();
    }

    /**
     * Says what is wrong with a config, all at once. A kind that is not known is a violation too. Null values count as not
     * given, and the existence of linked secrets is not looked at.
     *
     * @param kind the kind's id, or what one of the three systems calls it
     * @param config the whole config
     * @return {@link ValidationResult#VALID} itself if nothing is wrong and nothing looks like a mistake
     */
    public ValidationResult validate(String kind, Map<String, ? extends @Nullable Object> config) {
        KnownKind known = kinds.find(kind);
        return known == null ? kinds.unknown(kind) : known.compiled().validate(config);
    }

    /**
     * Says what one of the three systems itself would refuse of a config, by that system's own keys and rules. It is no
     * stricter than the system, as far as that is known: Chalk takes any key, Basedash requires only {@code type},
     * {@code dialect} and {@code displayName}, DataBrain requires everything each time and takes no null.
     *
     * @param system which system
     * @param kind the kind's id, or what one of the three systems calls it
     * @param config the config as that system gets it: DataBrain's {@code credentials}, the body of Basedash's create call
     */
    public ValidationResult validate(SourceSystem system, String kind, Map<String, ? extends @Nullable Object> config) {
        return kinds.validate(system, kind, config);
    }

    /**
     * {@return a JSON Schema (draft 2020-12) of configs with canonical keys and canonical values, as text} Validation takes
     * more than it describes: numbers and booleans as text, nested maps, keys of the three systems, and links.
     *
     * @throws ValidationException if there is no such kind
     */
    public String jsonSchema(String kind) {
        return KindSchema.of(compiled(kind).definition());
    }

    /**
     * {@return the reference page of a kind, in Markdown}
     *
     * @throws ValidationException if there is no such kind
     */
    public String referencePage(String kind) {
        return KindReference.page(compiled(kind).definition());
    }

    /**
     * {@return the kind made ready to read configs}
     *
     * @throws ValidationException if there is no such kind
     */
    CompiledKind compiled(String kind) {
        KnownKind known = kinds.find(kind);
        if (known == null) {
            throw new ValidationException("kind", kinds.unknown(kind));
        }
        return known.compiled();
    }

    /** Collects kinds. Not safe for use by many threads. */
    public static final class Builder {

        private final List<KnownKind> known = new ArrayList<>(StandardKinds.all());

        private Builder() {}

        /** Adds a kind of the host's own. */
        public Builder add(KindDefinition kind) {
            known.add(KnownKind.of(kind));
            return this;
        }

        /**
         * {@return the catalog}
         *
         * @throws IllegalArgumentException if two kinds have the same id, or a system's name for one is another's
         */
        public KindCatalog build() {
            return new KindCatalog(known);
        }
    }
}
