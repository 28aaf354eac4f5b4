package dev.headwater.spi;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the commit logs of environments, and what was observed of their data sources. The contract suite of
 * {@code headwater-testkit} ({@code DataSourceStoreContract}) says when an implementation is right.
 *
 * <p><b>Writes.</b> {@link #commit} is the one way to change a data source. Within an environment commits form one
 * order, numbered 1, 2, 3 … without gaps (but for those that were {@linkplain #forgetBefore forgotten}), whichever threads and processes write: whoever sees commit {@code n} also sees
 * all commits before it. Once {@link #commit} has returned {@link CommitOutcome.Committed}, the commits outlast a crash
 * of the process (if the store is {@linkplain #persistent() persistent}); a commit that failed in any way left nothing.
 *
 * <p><b>Order of names.</b> Names are equal if they are the same characters (no folding of case, accents or trailing
 * spaces), and pages are in ascending order of their code units or code points.
 *
 * <p><b>Threads.</b> All methods may be called by many threads at once, and may block on I/O.
 *
 * <p><b>Limits.</b> Methods with a limit throw {@link IllegalArgumentException} if it is less than 1.
 *
 * <p><b>Errors.</b> All methods throw {@link StoreException} when the store cannot be reached or does not do its work. Its
 * message and causes never hold a value that was bound or read.
 */
public interface DataSourceStore extends AutoCloseable {

    /** {@return whether what is stored outlives this process} A persistent store is never handed a plain secret, and the registry refuses literal secrets for it as long as no encryption key is configured. */
    boolean persistent();

    /** {@return the data source with the id, if it is there now} */
    Optional<DataSourceRecord> findById(EnvironmentId environment, DataSourceId id);

    /** {@return the data source that has the name now} */
    Optional<DataSourceRecord> findByName(EnvironmentId environment, String name);

    /** {@return the data sources that the query asks for, by name in ascending order} Fewer than its limit means that there are no more. */
    List<DataSourceRecord> page(EnvironmentId environment, PageQuery query);

    /**
     * Writes all of the request in one transaction, or nothing. Where several outcomes other than
     * {@link CommitOutcome.Committed} apply, that of the earliest change is returned; for one change, being gone or at
     * another version counts before the name. Of two changes that want one name, the later finds it taken, by the data
     * source of the earlier. What was observed of a deleted data source is removed with it; its
     * sealed secrets stay, for the history.
     *
     * @throws StoreException also if a sealed secret with the id of one of the request is there already
     */
    CommitOutcome commit(CommitRequest request);

    /** {@return the number of the environment's latest commit; 0 if there is none} */
    long head(EnvironmentId environment);

    /**
     * {@return how far the logs of environments have come, by environment; those that were never written to may be left out}
     * Asked once per poll interval on every node, for all the environments that it has open: so it should be one query.
     */
    default Map<EnvironmentId, EnvironmentHead> heads(Collection<EnvironmentId> environments) {
        Map<EnvironmentId, EnvironmentHead> heads = new HashMap<>();
        for (EnvironmentId environment : environments) {
            List<Deployment> latest = deployments(environment, Long.MAX_VALUE, 1);
            long deployment = latest.isEmpty() ? 0 : latest.get(0).number();
            heads.put(environment, new EnvironmentHead(head(environment), deployment, 0));
        }
        return heads;
    }

    /**
     * {@return environments with commits after the one that was last marked as planned, at most {@code limit}, and for each
     * the number of that one, or 0} This is how background work finds the commits that no task was made of yet.
     *
     * @throws UnsupportedOperationException if the store does not go with a shared task queue, which is the default
     */
    default Map<EnvironmentId, Long> unplanned(int limit) {
        throw new UnsupportedOperationException("this store does not go with a shared task queue");
    }

    /**
     * Marks the commits of an environment up to a number as planned: tasks were made of them. Never moves the mark back.
     *
     * @throws UnsupportedOperationException as {@link #unplanned} does
     */
    default void planned(EnvironmentId environment, long number) {
        throw new UnsupportedOperationException("this store does not go with a shared task queue");
    }

    /** {@return the commits with numbers greater than the given one, in ascending order, at most {@code limit}} */
    List<Commit> commitsAfter(EnvironmentId environment, long number, int limit);

    /**
     * {@return the commits of one data source with numbers less than {@code before}, in descending order, at most
     * {@code limit}; also for a deleted data source}
     *
     * @param before exclusive; {@link Long#MAX_VALUE} to begin with the latest
     */
    List<Commit> commitsOf(EnvironmentId environment, DataSourceId id, long before, int limit);

    /**
     * {@return the data sources as they stood right after a commit, by id in ascending order, at most {@code limit}}
     *
     * @param number the commit; 0 for the empty beginning
     * @param after the id after which to begin, exclusive; null to begin at the first
     */
    List<DataSourceRecord> standingAt(EnvironmentId environment, long number, @Nullable DataSourceId after, int limit);

    /** {@return those of the sealed secrets that are there, by id} */
    Map<SecretId, SealedSecret> sealedSecrets(EnvironmentId environment, Collection<SecretId> ids);

    /**
     * {@return sealed secrets of all environments whose key is another than the given one, ordered by environment and
     * id, at most {@code limit}} This is how secrets are found that wait to be sealed anew under the primary key.
     *
     * @param after where the last batch ended, exclusive; null to begin at the first
     */
    List<SealedSecret> sealedUnderOtherKeys(String keyId, @Nullable SealedSecret after, int limit);

    /**
     * Puts the same secret, sealed under another key, in place of what is stored.
     *
     * @param before what is stored, as it was read
     * @param after the same environment, id, data source and field; another key and ciphertext
     * @return false if something else is stored by now; then nothing is changed
     * @throws IllegalArgumentException if the two differ in more than key and ciphertext
     */
    boolean reseal(SealedSecret before, SealedSecret after);

    /** {@return what was observed of those of the data sources that are there and of which anything was} */
    Map<DataSourceId, Observations> observations(EnvironmentId environment, Collection<DataSourceId> ids);

    /**
     * Stores how the schema sync of a data source stands, and with it a new snapshot where there is one.
     *
     * @param snapshot the new snapshot, or null to keep the one that is stored
     * @return false if the data source is not there; then nothing is stored
     */
    boolean recordSync(EnvironmentId environment, DataSourceId id, SyncState state, @Nullable SchemaSnapshot snapshot);

    /**
     * Stores the health of a data source.
     *
     * @return false if the data source is not there; then nothing is stored
     */
    boolean recordHealth(EnvironmentId environment, DataSourceId id, HealthState state);

    /** {@return the latest snapshot of the schema of a data source, if there is one} */
    Optional<SchemaSnapshot> schema(EnvironmentId environment, DataSourceId id);

    /**
     * Marks the latest commit as deployed.
     *
     * @return the new deployment
     */
    Deployment deploy(EnvironmentId environment, Stamp stamp);

    /**
     * {@return the deployments with numbers less than {@code before}, in descending order, at most {@code limit}}
     *
     * @param before exclusive; {@link Long#MAX_VALUE} to begin with the latest
     */
    List<Deployment> deployments(EnvironmentId environment, long before, int limit);

    /**
     * Forgets history. The horizon is the latest commit that was written before a time, as all commits before it were, and that
     * is not later than the one that the latest deployment marks. Up to it, commits are removed unless a data source stood at
     * them at the horizon, deployments of earlier commits are removed, and so are sealed secrets that nothing names any
     * more. What stood at the horizon and later stays known.
     *
     * @return how many commits were removed
     * @throws UnsupportedOperationException if the store keeps all of its history, which is the default
     */
    default long forgetBefore(EnvironmentId environment, Instant before) {
        throw new UnsupportedOperationException("this store keeps all of its history");
    }

    /**
     * {@return environments that were ever written to, in ascending order, at most {@code limit}} Asked for by what forgets history.
     *
     * @throws UnsupportedOperationException as {@link #forgetBefore} does
     */
    default List<EnvironmentId> environments(@Nullable EnvironmentId after, int limit) {
        throw new UnsupportedOperationException("this store keeps all of its history");
    }

    /** Releases what the store holds. Calls after it throw {@link StoreException}; closing twice does nothing more. */
    @Override
    void close();
}
