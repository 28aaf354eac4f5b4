package dev.headwater.core.internal.kind;

import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.ValidationResult;
import dev.headwater.spi.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kinds by everything that they are called. */
public final class KindLookup {

    private static final String FIELD = "kind";

    private final Lazy<List<KindDefinition>> all;
    private final Map<String, KnownKind> byName = new LinkedHashMap<>();
    private final Lazy<Nearest> nearest = new Lazy<>(() -> new Nearest(byName.keySet()));

    /** @throws IllegalArgumentException if a name means two kinds */
    public KindLookup(List<KnownKind> known) {
        List<KnownKind> kinds = List.copyOf(known);
        for (KnownKind kind : kinds) {
            kind.names().forEach(name -> claim(name, kind));
        }
        all = new Lazy<>(() -> kinds.stream().map(KnownKind::definition).toList());
    }

    private void claim(String name, KnownKind kind) {
        KnownKind other = byName.putIfAbsent(name.toLowerCase(Locale.ROOT), kind);
        if (other != null && other != kind) {
            throw new IllegalArgumentException(
                    kind.id().equals(other.id())
                            ? "there are two kinds " + kind.id()
                            : "the name " + name + " of kind " + kind.id() + " is already that of kind " + other.id());
        }
    }

    /** {@return all definitions, in the order given} Makes those that are not made yet. */
    public List<KindDefinition> all() {
        return all.get();
    }

    /** {@return the kind that is called so, or null} */
    public @Nullable KnownKind find(String name) {
        KnownKind kind = byName.get(name);
        return kind != null ? kind : byName.get(name.toLowerCase(Locale.ROOT));
    }

    /** {@return the finding that no kind is called so} */
    public ValidationResult unknown(String name) {
        String near = nearest.get().to(name);
        String message = "there is no kind " + Shown.key(name) + (near == null ? "" : "; did you mean " + near + "?");
        return refused(new Violation(FIELD, Codes.UNKNOWN_KIND, message, near));
    }

    /** {@return what a system would refuse of a config} */
    public ValidationResult validate(SourceSystem system, String name, Map<String, ? extends @Nullable Object> config) {
        KnownKind kind = find(name);
        if (kind == null) {
            return unknown(name);
        }
        SystemProfile profile = kind.profiles().get(system);
        return profile != null
                ? profile.validate(config)
                : refused(Violation.of(FIELD, Codes.UNKNOWN_KIND, system.label() + " has no kind " + kind.id()));
    }

    private static ValidationResult refused(Violation violation) {
        return new ValidationResult(List.of(violation), List.of());
    }
}
