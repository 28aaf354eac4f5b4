package dev.headwater.core.internal.kind;

import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.ValidationResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one of the three systems itself demands of a config, by its own keys, types and rules, however lax. */
public interface SystemProfile {

    /** {@return what that system would refuse} */
    ValidationResult validate(Map<String, ? extends @Nullable Object> config);

    /** The profile of a system for a kind that it has. */
    static SystemProfile of(SourceSystem system, KindDefinition kind) {
        return switch (system) {
            case CHALK -> new ChalkProfile(kind);
            case DATABRAIN -> new DataBrainProfile(kind);
            case BASEDASH -> new BasedashProfile(kind);
        };
    }
}
