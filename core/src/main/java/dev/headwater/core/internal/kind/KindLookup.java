package dev.headwater.core.internal.kind;

import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.ValidationResult;
import dev.headwater.spi.Violation;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kinds by everything that they are called. */
public final class KindLookup {

    private static final String FIELD = "kind";

    private final List<KindDefinition> all;
    private final Map<String, CompiledKind> byName;
    private final Map<CompiledKind, Map<SourceSystem, SystemProfile>> profiles = new HashMap<>();
    private final Nearest nearest;

    /** @throws IllegalArgumentException if a name means two kinds */
    public KindLookup(List<KindDefinition> definitions) {
        all = List.copyOf(definitions);
        Map<String, CompiledKind> names = new LinkedHashMap<>();
        for (KindDefinition definition : definitions) {
            CompiledKind compiled = new CompiledKind(definition);
            claim(names, definition.id(), compiled);
            Map<SourceSystem, SystemProfile> own = new EnumMap<>(SourceSystem.class);
            definition.systemNames().forEach((system, name) -> {
                claim(names, name, compiled);
                own.put(system, SystemProfile.of(system, definition));
            });
            profiles.put(compiled, own);
        }
        byName = new HashMap<>(names);
        nearest = new Nearest(names.keySet());
    }

    private static void claim(Map<String, CompiledKind> names, String name, CompiledKind kind) {
        CompiledKind other = names.putIfAbsent(name.toLowerCase(Locale.ROOT), kind);
        if (other != null && other != kind) {
            String id = kind.definition().id();
            String otherId = other.definition().id();
            throw new IllegalArgumentException(
                    id.equals(otherId)
                            ? "there are two kinds " + id
                            : "the name " + name + " of kind " + id + " is already that of kind " + otherId);
        }
    }

    /** {@return all definitions, in the order given} */
    public List<KindDefinition> all() {
        return all;
    }

    /** {@return the kind that is called so, or null} */
    public @Nullable CompiledKind find(String name) {
        CompiledKind kind = byName.get(name);
        return kind != null ? kind : byName.get(name.toLowerCase(Locale.ROOT));
    }

    /** {@return the finding that no kind is called so} */
    public ValidationResult unknown(String name) {
        String near = nearest.to(name);
        String message = "there is no kind " + Shown.key(name) + (near == null ? "" : "; did you mean " + near + "?");
        return refused(new Violation(FIELD, Codes.UNKNOWN_KIND, message, near));
    }

    /** {@return what a system would refuse of a config} */
    public ValidationResult validate(SourceSystem system, String name, Map<String, ? extends @Nullable Object> config) {
        CompiledKind kind = find(name);
        if (kind == null) {
            return unknown(name);
        }
        SystemProfile profile = profiles.getOrDefault(kind, Map.of()).get(system);
        return profile != null
                ? profile.validate(config)
                : refused(Violation.of(
                        FIELD,
                        Codes.UNKNOWN_KIND,
                        system.label() + " has no kind " + kind.definition().id()));
    }

    private static ValidationResult refused(Violation violation) {
        return new ValidationResult(List.of(violation), List.of());
    }
}
