package dev.headwater.core;

import dev.headwater.spi.Caller;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may do what. The host brings it; by default {@linkplain #allowAll() all is allowed}, since a host has
 * usually decided before it calls.
 *
 * <p>Called on the caller's thread, by many threads at once, once for each action and data source; lists ask for
 * {@link Action#LIST} and then for {@link Action#READ} of each entry. What it throws reaches the caller.
 */
@FunctionalInterface
public interface AccessPolicy {

    /**
     * {@return the decision}
     *
     * @param caller who
     * @param environment where
     * @param action what
     * @param subject which data source, as it stands; null where it is about the environment, or about one that is yet to be made
     */
    Decision decide(Caller caller, EnvironmentId environment, Action action, @Nullable DataSourceRecord subject);

    /** Allows everything. */
    static AccessPolicy allowAll() {
        return (caller, environment, action, subject) -> Decision.ALLOW;
    }

    /** What a policy says. */
    enum Decision {
        ALLOW,
        /** Refused, and the caller is told so. */
        DENY,
        /** Refused as if it were not there: the caller gets the same "not found" as for a name that nobody has (Basedash). */
        HIDE
    }
}
