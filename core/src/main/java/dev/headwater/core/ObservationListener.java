package dev.headwater.core;

/**
 * Hears what is observed of data sources: changes of health, and syncs that ended. Observations are no commits: only the node
 * that made one tells its listeners, each on a thread of its own, in order. What a listener throws is logged and hurts nobody.
 */
@FunctionalInterface
public interface ObservationListener {

    /** Hears of an observation, after it is stored. */
    void onObservation(ObservationEvent event);
}
