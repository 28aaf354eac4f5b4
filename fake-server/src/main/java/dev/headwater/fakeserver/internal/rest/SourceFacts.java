package dev.headwater.fakeserver.internal.rest;

import dev.headwater.fakeserver.internal.FakeSource;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.SyncState;
import java.util.List;

/** The facts of a data source that come from looking at it: its schema, and how reading it went. */
public final class SourceFacts {

    private static final String SYNC = "sync";
    private static final String HEALTH = "health";
    private static final String SCHEMA = "schema";

    private SourceFacts() {}

    /** {@return how the last sync went} */
    public static SyncState sync(FakeSource source) {
        return source.facts().get(SYNC) instanceof SyncState state ? state : SyncState.NEVER_SYNCED;
    }

    /** {@return how the last connection went} */
    public static HealthState health(FakeSource source) {
        return source.facts().get(HEALTH) instanceof HealthState state ? state : HealthState.NEVER_TRIED;
    }

    /** {@return what was last read, without any table if nothing was} */
    public static SchemaSnapshot schema(FakeSource source) {
        return source.facts().get(SCHEMA) instanceof SchemaSnapshot snapshot
                ? snapshot
                : new SchemaSnapshot(source.createdAt(), List.of(), false);
    }

    /** The same data source, with another state of its sync. */
    public static FakeSource with(FakeSource source, SyncState state) {
        return source.withFact(SYNC, state);
    }

    /** The same data source, with another health. */
    public static FakeSource with(FakeSource source, HealthState state) {
        return source.withFact(HEALTH, state);
    }

    /** The same data source, with another schema. */
    public static FakeSource with(FakeSource source, SchemaSnapshot snapshot) {
        return source.withFact(SCHEMA, snapshot);
    }
}
