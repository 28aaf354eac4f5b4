package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.Stamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a row of {@code hw_commit} holds in JSON, besides its columns.
 *
 * @param name the name of the data source after the change, or before it if it was deleted
 * @param spec the state after the change, or null if it was deleted
 * @param created when the data source was first written, or null if it was deleted
 * @param changed what an update changed; empty for the others
 * @param message the commit's message
 */
record Payload(
        String name,
        String kind,
        @Nullable DataSourceSpec spec,
        @Nullable Stamp created,
        List<String> changed,
        @Nullable String message) {}
