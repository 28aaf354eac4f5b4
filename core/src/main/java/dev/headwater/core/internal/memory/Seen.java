package dev.headwater.core.internal.memory;

import dev.headwater.spi.HealthState;
import dev.headwater.spi.Observations;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.SyncState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was observed of one data source; a part is null as long as it never was. */
record Seen(
        @Nullable SyncState sync,
        @Nullable HealthState health,
        @Nullable SchemaSnapshot schema) {

    static final Seen NOTHING = new Seen(null, null, null);

    boolean anything() {
        return sync != null || health != null;
    }

    Observations observations() {
        return new Observations(
                Objects.requireNonNullElse(sync, SyncState.NEVER_SYNCED),
                Objects.requireNonNullElse(health, HealthState.NEVER_TRIED));
    }
}
