package dev.headwater.core;

import dev.headwater.core.internal.EnvironmentView;
import dev.headwater.core.internal.metrics.Metrics;
import dev.headwater.spi.Caller;
import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.Deployment;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.Observations;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.TestReport;
import dev.headwater.spi.ValidationResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data sources of one environment, as one caller may use them. Nothing here reaches into another environment.
 *
 * <p>Safe for use by many threads. {@link #get}, {@link #getByName} and their {@code find} forms answer from memory if the
 * data source is warm, and block on the store if not; all else blocks on the store, and where it says so on secret stores
 * and data sources. A handle reads its own registry's writes at once, and those of other nodes after at most the
 * registry's poll interval.
 *
 * <p>Every method may throw {@link AccessDeniedException} if the access policy denies it, {@link
 * DataSourceNotFoundException} if the policy hides it, and {@link dev.headwater.spi.StoreException} if the store fails; of
 * what throws, nothing was written.
 */
public final class DataSources {

    private final RegistryParts parts;
    private final EnvironmentView view;
    private final Caller caller;
    private final Gate gate;
    private final Probes probes;
    private final Writes writes;
    private final Releases releases;
    private final Nodes node;
    private final Metrics metrics;

    DataSources(RegistryParts parts, EnvironmentView view, Caller caller, Nodes node) {
        this.parts = parts;
        this.view = view;
        this.caller = caller;
        this.node = node;
        this.metrics = parts.metrics();
        this.gate = new Gate(parts.accessPolicy(), caller, view.id());
        this.probes = new Probes(parts, view.id());
        this.writes = new Writes(parts, view, caller, gate, probes);
        this.releases = new Releases(parts, view, caller, writes);
    }

    /** {@return the environment} */
    public EnvironmentId environment() {
        return view.id();
    }

    /** {@return the same environment, for another caller} */
    public DataSources as(Caller other) {
        return new DataSources(parts, view, other, node);
    }

    /** {@return who calls through this handle} */
    public Caller caller() {
        return caller;
    }

    /**
     * {@return what would be wrong with a new data source, and what looks like a mistake} Writes nothing, and touches neither
     * the store nor any data source.
     */
    public ValidationResult validate(DataSourceDraft draft) {
        return writes.validate(draft);
    }

    /**
     * Adds a data source. It is in {@link #list} at once, and in {@link #deployed} after a {@link #deploy}.
     *
     * @throws dev.headwater.spi.ValidationException with every problem of the draft
     * @throws NameTakenException if another data source has the name
     * @throws MissingEncryptionKeyException if it has a literal secret, the store is persistent and no key is configured
     */
    public DataSourceRecord create(DataSourceDraft draft) {
        return create(draft, WriteOptions.DEFAULT);
    }

    /**
     * Adds a data source, on conditions.
     *
     * @throws ConnectionTestFailedException if the options ask for a passing test, and it fails
     * @throws dev.headwater.spi.SecretStoreException if the options ask for the linked secrets, and one cannot be had
     * @see #create(DataSourceDraft)
     */
    public DataSourceRecord create(DataSourceDraft draft, WriteOptions options) {
        return metrics.operation("create", () -> writes.create(draft, options));
    }

    /**
     * {@return the data source with the id}
     *
     * @throws DataSourceNotFoundException if there is none
     */
    public DataSourceRecord get(DataSourceId id) {
        return find(id).orElseThrow(() -> new DataSourceNotFoundException(view.id(), id.value()));
    }

    /**
     * {@return the data source that has the name}
     *
     * @throws DataSourceNotFoundException if there is none
     */
    public DataSourceRecord getByName(String name) {
        return findByName(name).orElseThrow(() -> new DataSourceNotFoundException(view.id(), name));
    }

    /** {@return the data source with the id, if there is one} */
    public Optional<DataSourceRecord> find(DataSourceId id) {
        return view.find(id).map(record -> gate.pass(Action.READ, record, id.value()));
    }

    /** {@return the data source that has the name, if there is one} */
    public Optional<DataSourceRecord> findByName(String name) {
        return view.findByName(name).map(record -> gate.pass(Action.READ, record, name));
    }

    /**
     * {@return one page of data sources, by name in ascending order} A page costs the same wherever in the list it starts.
     * Data sources that the caller may not read are left out, and others fill the page.
     */
    public DataSourcePage list(PageQuery query) {
        gate.pass(Action.LIST);
        return metrics.operation("list", () -> new Pages(parts.store(), view.id(), gate).page(query));
    }

    /**
     * {@return all data sources that the query asks for, by name in ascending order} Read page by page as the stream is
     * consumed, each page of the size of the query's limit. A data source that is renamed meanwhile may show twice or not at all.
     */
    public Stream<DataSourceRecord> stream(PageQuery query) {
        gate.pass(Action.LIST);
        return new Pages(parts.store(), view.id(), gate).stream(query);
    }

    /**
     * Changes what the patch names, and nothing else (Chalk's update). A patch that changes nothing makes no commit.
     *
     * @return the new state
     * @throws DataSourceNotFoundException if there never was a data source with the id
     * @throws DataSourceGoneException if it was deleted
     * @throws dev.headwater.spi.ValidationException with every problem that the data source would have
     * @throws NameTakenException if it is to be renamed, and another data source has the name
     * @throws MissingEncryptionKeyException if it sets a literal secret, the store is persistent and no key is configured
     */
    public DataSourceRecord update(DataSourceId id, DataSourcePatch patch) {
        return update(id, patch, WriteOptions.DEFAULT);
    }

    /**
     * Changes what the patch names, on conditions.
     *
     * @throws VersionConflictException if the options name a version, and it is no longer there
     * @throws ConnectionTestFailedException if the options ask for a passing test, and it fails
     * @throws dev.headwater.spi.SecretStoreException if the options ask for the linked secrets, and one cannot be had
     * @see #update(DataSourceId, DataSourcePatch)
     */
    public DataSourceRecord update(DataSourceId id, DataSourcePatch patch, WriteOptions options) {
        return metrics.operation("update", () -> writes.update(id, patch, options));
    }

    /**
     * Replaces all of a data source but its id and kind (DataBrain's update): what the draft leaves out is gone after it,
     * secrets included. Errors are those of {@link #update(DataSourceId, DataSourcePatch, WriteOptions)}.
     *
     * @return the new state
     */
    public DataSourceRecord replace(DataSourceId id, DataSourceDraft draft, WriteOptions options) {
        return metrics.operation("replace", () -> writes.replace(id, draft, options));
    }

    /**
     * Gives a data source another name; its id stays. Errors are those of {@link #update(DataSourceId, DataSourcePatch)}.
     *
     * @return the new state
     */
    public DataSourceRecord rename(DataSourceId id, String newName) {
        return update(id, DataSourcePatch.renaming(newName));
    }

    /**
     * Removes a data source, whatever version is there. It stays in the history, from which {@link #rollback} brings it back.
     *
     * @return the commit that removed it
     * @throws DataSourceNotFoundException if there never was a data source with the id
     * @throws DataSourceGoneException if it was deleted before
     */
    public Commit delete(DataSourceId id) {
        return delete(id, WriteOptions.DEFAULT);
    }

    /**
     * Removes a data source, on conditions.
     *
     * @throws VersionConflictException if the options name a version, and it is no longer there
     * @see #delete(DataSourceId)
     */
    public Commit delete(DataSourceId id, WriteOptions options) {
        return metrics.operation("delete", () -> writes.delete(id, options));
    }

    /**
     * Tests the connection of a stored data source, and notes its health. Blocks on the data source, no longer than the
     * registry's test timeout.
     *
     * @return what was found; a failed test is no exception
     * @throws DataSourceNotFoundException if there is none with the id
     */
    public TestReport test(DataSourceId id) {
        return test(id, TestOptions.DEFAULT);
    }

    /** Tests a stored data source, with options: see {@link #test(DataSourceId)}. */
    public TestReport test(DataSourceId id, TestOptions options) {
        return metrics.operation("test", () -> probes.test(subject(id, options), options));
    }

    /**
     * Tests a stored data source as it would be with changes; nothing is stored. Stored secrets are sent to the stored
     * destination only: where the changes decide where or how is connected, they must give every secret anew.
     *
     * @return what was found; changes that are not valid fail the first step
     * @throws DataSourceNotFoundException if there is none with the id
     */
    public TestReport test(DataSourceId id, DataSourcePatch overrides) {
        return test(id, overrides, TestOptions.DEFAULT);
    }

    /** Tests a stored data source with changes, and with options: see {@link #test(DataSourceId, DataSourcePatch)}. */
    public TestReport test(DataSourceId id, DataSourcePatch overrides, TestOptions options) {
        return metrics.operation("test", () -> probes.test(subject(id, options), overrides, options));
    }

    /**
     * Tests a draft that is not stored.
     *
     * @return what was found; a draft that is not valid fails the first step
     */
    public TestReport test(DataSourceDraft draft) {
        return test(draft, TestOptions.DEFAULT);
    }

    /** Tests a draft, with options: see {@link #test(DataSourceDraft)}. */
    public TestReport test(DataSourceDraft draft, TestOptions options) {
        gate.pass(Action.TEST);
        if (options.withPreview()) {
            gate.pass(Action.PREVIEW);
        }
        return metrics.operation("test", () -> probes.test(draft, options));
    }

    /**
     * Reads the schema of a data source in the background and stores it. The state is PENDING until then, and the last good
     * snapshot stays readable. A sync that runs already is joined.
     *
     * @param progress hears how many tables were read so far, on another thread
     * @return the snapshot when it is stored, or why there is none: a {@link dev.headwater.spi.ConnectorException}, say
     * @throws DataSourceNotFoundException if there is none with the id
     */
    public CompletableFuture<SchemaSnapshot> sync(DataSourceId id, IntConsumer progress) {
        return begun(subject(id, Action.TEST), progress);
    }

    /** Reads and stores the schema, without hearing of the progress: see {@link #sync(DataSourceId, IntConsumer)}. */
    public CompletableFuture<SchemaSnapshot> sync(DataSourceId id) {
        return sync(id, tables -> {});
    }

    private CompletableFuture<SchemaSnapshot> begun(DataSourceRecord record, IntConsumer progress) {
        node.background().guard(record);
        return node.syncs().begin(parts, probes, record, progress);
    }

    /**
     * {@return how many tables the sync that runs has read so far; empty if none runs on this node}
     *
     * @throws DataSourceNotFoundException if there is no data source with the id
     */
    public OptionalInt syncProgress(DataSourceId id) {
        return node.syncs().progress(view.id(), subject(id, Action.READ).id());
    }

    /**
     * {@return the latest snapshot of the schema; empty if there is none yet}
     *
     * @throws DataSourceNotFoundException if there is no data source with the id
     */
    public Optional<SchemaSnapshot> schema(DataSourceId id) {
        return parts.store().schema(view.id(), subject(id, Action.READ).id());
    }

    /**
     * {@return what was last seen of its sync and its health}
     *
     * @throws DataSourceNotFoundException if there is no data source with the id
     */
    public Observations observations(DataSourceId id) {
        DataSourceRecord record = subject(id, Action.READ);
        return parts.store().observations(view.id(), List.of(record.id())).getOrDefault(record.id(), Observations.NONE);
    }

    /** {@return what was last seen of many data sources, by id; those that the caller may not read are left out} */
    public Map<DataSourceId, Observations> observations(List<DataSourceRecord> records) {
        gate.pass(Action.LIST);
        List<DataSourceId> ids =
                records.stream().filter(gate::shows).map(DataSourceRecord::id).toList();
        return parts.store().observations(view.id(), ids);
    }

    /**
     * {@return the commits of one data source, the latest first; also of a deleted one}
     *
     * @param before the number before which to begin, exclusive; {@link Long#MAX_VALUE} to begin with the latest
     * @param limit 1 to 1,000
     * @throws DataSourceNotFoundException if there never was one with the id
     */
    public List<Commit> history(DataSourceId id, long before, int limit) {
        DataSourceRecord last = view.find(id)
                .or(() -> releases.lastState(id))
                .orElseThrow(() -> new DataSourceNotFoundException(view.id(), id.value()));
        gate.pass(Action.READ, last, id.value());
        return releases.history(id, before, limit);
    }

    /**
     * {@return the commits of the environment, the latest first} Those of data sources that the caller may not read are left
     * out, and others fill the page.
     *
     * @param before the number before which to begin, exclusive; {@link Long#MAX_VALUE} to begin with the latest
     * @param limit 1 to 1,000
     */
    public List<Commit> history(long before, int limit) {
        gate.pass(Action.LIST);
        return releases.history(before, limit, gate);
    }

    /**
     * Puts in use what stands now: marks the latest commit as deployed.
     *
     * @return the deployment
     */
    public Deployment deploy() {
        gate.pass(Action.ADMINISTER);
        return metrics.operation("deploy", () -> releases.deploy());
    }

    /**
     * {@return the deployments, the latest first}
     *
     * @param before the number before which to begin, exclusive; {@link Long#MAX_VALUE} to begin with the latest
     * @param limit 1 to 1,000
     */
    public List<Deployment> deployments(long before, int limit) {
        gate.pass(Action.LIST);
        return releases.deployments(before, limit);
    }

    /**
     * {@return the environment as it was last deployed} Reads all of it from the store the first time, and answers from memory
     * later. A deployment of this node is in it at once, one of another node after the poll interval.
     */
    public DeployedView deployed() {
        gate.pass(Action.LIST);
        return releases.deployed(gate);
    }

    /**
     * {@return the commits that are not deployed, the earliest first} Those of data sources that the caller may not read are
     * left out, and others fill the page.
     *
     * @param limit 1 to 1,000
     */
    public List<Commit> undeployed(int limit) {
        gate.pass(Action.LIST);
        return releases.undeployed(limit, gate);
    }

    /**
     * Puts in use again what an earlier deployment did: rolls back to its commit, and deploys. What others commit in between is
     * deployed with it.
     *
     * @param deployment the number of the deployment
     * @param message why, for the history; null for a message that names the deployment
     * @return the new deployment
     * @throws dev.headwater.spi.ValidationException if there is no such deployment
     */
    public Deployment redeploy(long deployment, @Nullable String message) {
        gate.pass(Action.ADMINISTER);
        return metrics.operation("redeploy", () -> releases.redeploy(deployment, message));
    }

    /**
     * Makes sure that nothing on this node is older than this call: takes in whatever was committed or deployed before it, by any
     * node. For a read that has to be current, say {@code sources.refresh().get(id)}. Blocks on the store.
     *
     * @return this
     * @throws dev.headwater.spi.StoreException if the store fails
     */
    public DataSources refresh() {
        node.follower().now(view);
        return this;
    }

    /**
     * Commits anew what stood after a commit: changed sources get their old state, deleted ones come back with their ids,
     * later ones go. All of it or nothing. What is deployed does not change until {@link #deploy}.
     *
     * @param commit the number of the commit; 0 for the empty beginning
     * @param message why, for the history; null for a message that names the commit
     * @return the new commits; empty if nothing differs
     * @throws dev.headwater.spi.ValidationException if there is no such commit, or its history was forgotten
     */
    public List<Commit> rollback(long commit, @Nullable String message) {
        gate.pass(Action.ADMINISTER);
        return metrics.operation("rollback", () -> releases.rollback(commit, message));
    }

    /**
     * {@return the config of a data source with every secret in the clear} The one door to secrets; it has its own action in
     * the access policy. Blocks on the store and on secret stores.
     *
     * @throws DataSourceNotFoundException if there is none with the id
     * @throws DecryptionException if a sealed secret cannot be opened
     * @throws dev.headwater.spi.SecretStoreException if a linked secret cannot be had
     */
    public ResolvedConfig resolve(DataSourceId id) {
        return metrics.operation("resolve", () -> probes.resolve(subject(id, Action.RESOLVE)));
    }

    /** {@return live connections to the data sources} */
    public Connections connections() {
        return new Connections(parts, view, gate);
    }

    private DataSourceRecord subject(DataSourceId id, TestOptions options) {
        DataSourceRecord record = subject(id, Action.TEST);
        return options.withPreview() ? gate.pass(Action.PREVIEW, record, id.value()) : record;
    }

    private DataSourceRecord subject(DataSourceId id, Action action) {
        DataSourceRecord record =
                view.find(id).orElseThrow(() -> new DataSourceNotFoundException(view.id(), id.value()));
        return gate.pass(action, record, id.value());
    }
}
