package dev.headwater.core;

import dev.headwater.spi.Caller;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import org.jspecify.annotations.Nullable;

/** Asks the access policy on behalf of one caller in one environment. */
final class Gate {

    private final AccessPolicy policy;
    private final Caller caller;
    private final EnvironmentId environment;

    Gate(AccessPolicy policy, Caller caller, EnvironmentId environment) {
        this.policy = policy;
        this.caller = caller;
        this.environment = environment;
    }

    /** Passes an action on the environment as a whole, or throws. */
    void pass(Action action) {
        decide(action, null, "");
    }

    /** Passes an action on a data source and returns it, or throws; if it is hidden, as if it were not there. */
    DataSourceRecord pass(Action action, DataSourceRecord record, String askedFor) {
        decide(action, record, askedFor);
        return record;
    }

    boolean shows(DataSourceRecord record) {
        return policy.decide(caller, environment, Action.READ, record) == AccessPolicy.Decision.ALLOW;
    }

    private void decide(Action action, @Nullable DataSourceRecord record, String askedFor) {
        switch (policy.decide(caller, environment, action, record)) {
            case ALLOW -> {}
            case DENY -> throw new AccessDeniedException(caller, environment, action, askedFor);
            case HIDE -> throw new DataSourceNotFoundException(environment, askedFor);
        }
    }
}
