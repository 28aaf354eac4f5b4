package dev.headwater.core.internal.kind;

import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.SourceSystem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A kind by its names. What stands behind them is made when it is first asked for: a host uses a few of the kinds, and to
 * make all of them would take nearly half of a registry's start. Safe for use by many threads.
 */
public final class KnownKind {

    private final List<String> names;
    private final Lazy<KindDefinition> definition;
    private final Lazy<CompiledKind> compiled;
    private final Lazy<Map<SourceSystem, SystemProfile>> profiles;

    /**
     * A kind that is not made yet.
     *
     * @param names the id, and then everything else that the kind is called
     */
    public KnownKind(List<String> names, Supplier<KindDefinition> maker) {
        this.names = List.copyOf(names);
        definition = new Lazy<>(maker);
        compiled = new Lazy<>(() -> new CompiledKind(definition()));
        profiles = new Lazy<>(() -> profiles(definition()));
    }

    /** A kind that is there already. Made ready at once, so that a mistake in it shows when the catalog is built. */
    public static KnownKind of(KindDefinition definition) {
        List<String> names = new ArrayList<>(List.of(definition.id()));
        names.addAll(definition.systemNames().values());
        KnownKind known = new KnownKind(names, () -> definition);
        known.compiled();
        return known;
    }

    private static Map<SourceSystem, SystemProfile> profiles(KindDefinition definition) {
        Map<SourceSystem, SystemProfile> profiles = new EnumMap<>(SourceSystem.class);
        for (SourceSystem system : definition.systemNames().keySet()) {
            profiles.put(system, SystemProfile.of(system, definition));
        }
        return profiles;
    }

    String id() {
        return names.get(0);
    }

    List<String> names() {
        return names;
    }

    /** {@return what is known of the kind} */
    public KindDefinition definition() {
        return definition.get();
    }

    /** {@return the kind made ready to read configs} */
    public CompiledKind compiled() {
        return compiled.get();
    }

    /** {@return what the systems that have the kind demand of its configs} */
    Map<SourceSystem, SystemProfile> profiles() {
        return profiles.get();
    }
}
