package dev.headwater.core.internal;

import dev.headwater.core.internal.ConfigResolver.Resolution;
import dev.headwater.core.internal.secret.cache.SecretWatch;
import dev.headwater.spi.ClientState;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.HeadwaterException;
import dev.headwater.spi.ResolvedConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live client of one data source. It is replaced as a whole, with all credentials at once, when a commit changed the
 * config or a linked secret has another value; and kept when neither makes a difference. One that nobody uses for long may
 * be let go, and is made again at the next use.
 */
final class LiveSlot {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSlot.class);

    private final Workshop workshop;
    private final Clock clock;
    private volatile Instant lastUsed;

    /** Written under the lock. */
    private volatile @Nullable Live live;

    /** A linked secret has another value than when it was last resolved. */
    private volatile boolean stale;

    /** Guarded by this: whoever still holds the slot must not make a client that nobody would close. */
    private boolean ended;

    LiveSlot(Workshop workshop, Clock clock) {
        this.workshop = workshop;
        this.clock = clock;
        this.lastUsed = clock.instant();
    }

    /** What slots need done. */
    interface Workshop {

        Resolution resolve(DataSourceRecord record);

        boolean refreshAfterRejection(Resolution rejected);

        List<SecretWatch> watch(Map<String, ConfigValue> config, Runnable onChange);

        ConnectorClient make(DataSourceRecord record, ResolvedConfig config);

        /** @param mayCut whether connections that are still in use are cut after a while */
        void retire(ConnectorClient client, boolean mayCut);
    }

    /** @param watches tell of changes of the linked secrets */
    private record Live(
            DataSourceRecord record, Resolution resolution, ConnectorClient client, List<SecretWatch> watches) {}

    Object client(DataSourceRecord record) {
        // Before it is looked up: letting go looks at this before it takes the client away.
        lastUsed = clock.instant();
        Live now = live;
        if (now != null && now.record().version() == record.version() && !stale) {
            return now.client().client();
        }
        return current(record).client().client();
    }

    Optional<ClientState> state() {
        return Optional.ofNullable(live).map(now -> now.client().state());
    }

    private synchronized Live current(DataSourceRecord record) {
        if (ended) {
            throw new ConnectorException(
                    FailureCode.CANCELLED, "data source " + record.name() + " was deleted, or the registry closed");
        }
        Live now = live;
        boolean outdated = now != null
                && now.record().version() < record.version()
                && !now.record().config().equals(record.config());
        if (now == null || outdated) {
            return replaced(record);
        }
        // Who comes with an older state, read before the last commit, gets the client of the newer one.
        DataSourceRecord newest = now.record().version() < record.version() ? record : now.record();
        return stale ? refreshed(now, newest) : set(new Live(newest, now.resolution(), now.client(), now.watches()));
    }

    /** Makes the client for another config. The old one is wrong by now, so it goes even if there will be no new one. */
    private Live replaced(DataSourceRecord record) {
        drop(true);
        stale = false;
        // Watched first, then read: no change in between is missed.
        List<SecretWatch> watches = workshop.watch(record.config(), () -> stale = true);
        try {
            Resolution fresh = workshop.resolve(record);
            return set(new Live(record, fresh, workshop.make(record, fresh.config()), watches));
        } catch (RuntimeException e) {
            watches.forEach(SecretWatch::close);
            throw e;
        }
    }

    /** Makes the client for other secrets, if they make a difference. If they cannot be had, the old one goes on. */
    private Live refreshed(Live now, DataSourceRecord record) {
        stale = false;
        try {
            Resolution fresh = workshop.resolve(record);
            if (fresh.config().equals(now.resolution().config())) {
                return set(new Live(record, fresh, now.client(), now.watches()));
            }
            Live made = set(new Live(record, fresh, workshop.make(record, fresh.config()), now.watches()));
            workshop.retire(now.client(), true);
            return made;
        } catch (HeadwaterException e) {
            stale = true;
            LOG.debug("data source {} keeps its credentials for now: {}", record.id(), e.code());
            return now;
        }
    }

    boolean isLive() {
        return live != null;
    }

    int inUse() {
        Live now = live;
        return now == null ? 0 : now.client().state().inUse();
    }

    /** Lets the client go if nobody used it for so long, and it may be made again without anybody noticing. */
    void letGoIfUnusedFor(Duration limit) {
        Live now = live;
        if (now == null || !now.client().mayCloseWhenUnused()) {
            return;
        }
        if (now.client().inUse() > 0) {
            lastUsed = clock.instant();
        } else if (unusedFor(limit)) {
            letGoIfStillUnusedFor(limit);
        }
    }

    private boolean unusedFor(Duration limit) {
        return Duration.between(lastUsed, clock.instant()).compareTo(limit) >= 0;
    }

    private synchronized void letGoIfStillUnusedFor(Duration limit) {
        if (unusedFor(limit)) {
            // Who got the client just before may yet take a connection from it, and keeps it.
            drop(false);
        }
    }

    private Live set(Live next) {
        live = next;
        return next;
    }

    /**
     * Looks for other credentials, since these were rejected.
     *
     * @return whether there are any
     */
    boolean refreshAfterRejection() {
        Live now = live;
        if (now == null || !workshop.refreshAfterRejection(now.resolution())) {
            return false;
        }
        stale = true;
        return true;
    }

    synchronized void end() {
        ended = true;
        drop(true);
    }

    private void drop(boolean mayCut) {
        Live now = live;
        live = null;
        if (now != null) {
            now.watches().forEach(SecretWatch::close);
            workshop.retire(now.client(), mayCut);
        }
    }
}
