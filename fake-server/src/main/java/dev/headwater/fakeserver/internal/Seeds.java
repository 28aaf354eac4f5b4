package dev.headwater.fakeserver.internal;

import dev.headwater.core.DataSourceDraft;
import dev.headwater.fakeserver.internal.FakeSource.SpelledKey;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.SourceSystem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes data sources of drafts. */
public final class Seeds {

    /** Facts that a draft leaves. */
    public static final String DISPLAY_NAME = "displayName";

    public static final String DESCRIPTION = "description";
    /** A {@link dev.headwater.spi.TenancySettings}. */
    public static final String TENANCY = "tenancy";

    private Seeds() {}

    /** Adds what the draft says, unchecked. */
    public static FakeSource plant(World world, Scope scope, DataSourceDraft draft) {
        Map<SpelledKey, Object> config = new LinkedHashMap<>();
        Optional<KindDefinition> kind = world.translator().definition(draft.kind());
        draft.config().forEach((key, value) -> {
            if (value != null) {
                config.put(spelled(world.translator(), kind, key), value instanceof SecretValue s ? s.reveal() : value);
            }
        });
        Map<String, Object> facts = new LinkedHashMap<>();
        if (draft.displayName() != null) {
            facts.put(DISPLAY_NAME, draft.displayName());
        }
        if (draft.description() != null) {
            facts.put(DESCRIPTION, draft.description());
        }
        if (draft.tenancy() != null) {
            facts.put(TENANCY, draft.tenancy());
        }
        String kindId = kind.map(KindDefinition::id).orElse(draft.kind());
        var now = world.now();
        return scope.put(new FakeSource(world.newId(), draft.name(), kindId, config, facts, now, now));
    }

    private static SpelledKey spelled(Translator translator, Optional<KindDefinition> kind, String key) {
        if (kind.isEmpty() || kind.get().field(key).isPresent()) {
            return new SpelledKey(kind.isEmpty() ? SourceSystem.CHALK : null, key);
        }
        for (SourceSystem system : SourceSystem.values()) {
            SpelledKey spelled = new SpelledKey(system, key);
            if (translator.field(kind.get(), spelled) != null) {
                return spelled;
            }
        }
        // only Chalk takes keys that nobody knows
        return new SpelledKey(SourceSystem.CHALK, key);
    }
}
