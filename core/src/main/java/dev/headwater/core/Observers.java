package dev.headwater.core;

import dev.headwater.core.internal.Mailbox;
import dev.headwater.core.internal.metrics.Metrics;
import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.HealthState;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the host's listeners, each on a thread of its own. */
final class Observers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    private final List<Mailbox<Commit>> ofCommits;
    private final List<Mailbox<ObservationEvent>> ofObservations;
    private final Metrics metrics;

    Observers(List<CommitListener> commits, List<ObservationListener> observations, Metrics metrics) {
        this.ofCommits = commits.stream()
                .map(listener ->
                        new Mailbox<Commit>(listener, commit -> listener.onCommit(commit, commit.number() == 1)))
                .toList();
        this.ofObservations = observations.stream()
                .map(listener -> new Mailbox<ObservationEvent>(listener, listener::onObservation))
                .toList();
        this.metrics = metrics;
    }

    /** {@return whether anybody wants to know how schemas differ} */
    boolean hearObservations() {
        return !ofObservations.isEmpty();
    }

    void committed(Commit commit) {
        ofCommits.forEach(listener -> listener.put(commit));
    }

    void synced(ObservationEvent.SyncEnded event) {
        ofObservations.forEach(listener -> listener.put(event));
    }

    void health(DataSourceRecord source, HealthState before, HealthState after) {
        if (before.status() == after.status()) {
            return;
        }
        LOG.info(
                "data source {} of {} is {} now, was {}",
                source.id(),
                source.environment(),
                after.status(),
                before.status());
        metrics.healthChanged(source.kind(), after.status());
        ofObservations.forEach(listener -> listener.put(new ObservationEvent.HealthChanged(source, before, after)));
    }

    @Override
    public void close() {
        ofCommits.forEach(Mailbox::close);
        ofObservations.forEach(Mailbox::close);
    }
}
