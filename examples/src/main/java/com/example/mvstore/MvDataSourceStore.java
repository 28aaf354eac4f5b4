package com.example.mvstore;

import static com.example.mvstore.MvFile.read;
import static com.example.mvstore.MvFile.scan;

import dev.headwater.spi.Commit;
import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.Deployment;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.Observations;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.Stamp;
import dev.headwater.spi.StoreException;
import dev.headwater.spi.SyncState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A store in one file of MVStore, for one process. Writes are made one after the other, each on the disk when it returns;
 * reads run beside each other and between writes, so none sees half a write. Texts are compared by their code units.
 */
public final class MvDataSourceStore implements DataSourceStore {

    private final MvFile file;
    private final MVMap<String, String> records;
    private final MVMap<String, String> names;
    private final MVMap<String, String> commits;
    private final MVMap<String, String> commitsBySource;
    private final MVMap<String, String> secrets;
    private final MVMap<String, String> observations;
    private final MVMap<String, String> schemas;
    private final MVMap<String, String> deployments;

    private MvDataSourceStore(MvFile file) {
        this.file = file;
        this.records = file.map("records");
        this.names = file.map("names");
        this.commits = file.map("commits");
        this.commitsBySource = file.map("commits by source");
        this.secrets = file.map("secrets");
        this.observations = file.map("observations");
        this.schemas = file.map("schemas");
        this.deployments = file.map("deployments");
    }

    /**
     * Opens a store, and makes its file if there is none.
     *
     * @throws StoreException if the file is in use or is no store
     */
    public static MvDataSourceStore open(Path path) {
        return new MvDataSourceStore(MvFile.open(path));
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public Optional<DataSourceRecord> findById(EnvironmentId environment, DataSourceId id) {
        return file.reading(() -> recordOf(environment, id));
    }

    private Optional<DataSourceRecord> recordOf(EnvironmentId environment, DataSourceId id) {
        return read(records, Keys.of(environment, id.value()), DataSourceRecord.class);
    }

    @Override
    public Optional<DataSourceRecord> findByName(EnvironmentId environment, String name) {
        return file.reading(() -> holderOf(environment, name).flatMap(id -> recordOf(environment, id)));
    }

    private Optional<DataSourceId> holderOf(EnvironmentId environment, String name) {
        return Optional.ofNullable(names.get(Keys.of(environment, name))).map(DataSourceId::of);
    }

    @Override
    public List<DataSourceRecord> page(EnvironmentId environment, PageQuery query) {
        return file.reading(() -> {
            List<DataSourceRecord> page = new ArrayList<>();
            String after = query.afterName();
            String beginning = Keys.in(environment);
            scan(names, beginning, after == null ? beginning : Keys.of(environment, after), entry -> {
                String name = entry.key().substring(beginning.length());
                if (!name.equals(after)) {
                    recordOf(environment, DataSourceId.of(entry.value()))
                            .filter(record -> matches(record, query))
                            .ifPresent(page::add);
                }
                return page.size() < query.limit();
            });
            return page;
        });
    }

    private boolean matches(DataSourceRecord record, PageQuery query) {
        return (query.kinds().isEmpty() || query.kinds().contains(record.kind()))
                && record.spec().labels().entrySet().containsAll(query.labels().entrySet())
                && (query.health().isEmpty()
                        || query.health()
                                .contains(observationsOf(record.environment(), record.id())
                                        .orElse(Observations.NONE)
                                        .health()
                                        .status()));
    }

    @Override
    public CommitOutcome commit(CommitRequest request) {
        EnvironmentId environment = request.environment();
        return file.writing(() -> {
            Optional<CommitOutcome> refusal =
                    Commits.refusal(request, id -> recordOf(environment, id), name -> holderOf(environment, name));
            return refusal.orElseGet(() -> {
                addSecrets(request);
                return new CommitOutcome.Committed(addCommits(request));
            });
        });
    }

    private void addSecrets(CommitRequest request) {
        for (SealedSecret secret : request.secrets()) {
            String key = Keys.of(request.environment(), secret.id().value());
            if (secrets.putIfAbsent(key, Json.write(secret)) != null) {
                throw new StoreException("a sealed secret with the id " + secret.id() + " is there already");
            }
        }
    }

    private List<Commit> addCommits(CommitRequest request) {
        EnvironmentId environment = request.environment();
        List<Commit> made = new ArrayList<>();
        long number = headOf(environment);
        for (ProposedChange change : request.changes()) {
            // First all names are freed: changes may pass them on to each other.
            recordOf(environment, change.dataSource())
                    .ifPresent(before -> names.remove(Keys.of(environment, before.name())));
            made.add(Commits.made(request, change, ++number));
        }
        made.forEach(this::add);
        return made;
    }

    private void add(Commit commit) {
        EnvironmentId environment = commit.environment();
        DataSourceId id = commit.change().dataSource();
        String key = Keys.of(environment, id.value());
        commits.put(Keys.of(environment, commit.number()), Json.write(commit));
        commitsBySource.put(Keys.commitOf(environment, id, commit.number()), "");
        Optional<DataSourceRecord> after = Commits.after(commit);
        if (after.isPresent()) {
            records.put(key, Json.write(after.get()));
            names.put(Keys.of(environment, after.get().name()), id.value());
        } else {
            records.remove(key);
            observations.remove(key);
            schemas.remove(key);
        }
    }

    @Override
    public long head(EnvironmentId environment) {
        return file.reading(() -> headOf(environment));
    }

    private long headOf(EnvironmentId environment) {
        String last = commits.floorKey(Keys.after(Keys.in(environment)));
        return last != null && last.startsWith(Keys.in(environment)) ? Keys.number(last) : 0;
    }

    @Override
    public List<Commit> commitsAfter(EnvironmentId environment, long number, int limit) {
        positive(limit);
        return file.reading(() -> {
            List<Commit> found = new ArrayList<>();
            if (number < headOf(environment)) {
                scan(commits, Keys.in(environment), Keys.of(environment, Math.max(0, number) + 1), entry -> {
                    found.add(Json.read(entry.value(), Commit.class));
                    return found.size() < limit;
                });
            }
            return found;
        });
    }

    @Override
    public List<Commit> commitsOf(EnvironmentId environment, DataSourceId id, long before, int limit) {
        positive(limit);
        return file.reading(() -> {
            List<Commit> found = new ArrayList<>();
            String beginning = Keys.commitsOf(environment, id);
            String key = commitsBySource.lowerKey(Keys.commitOf(environment, id, Math.max(0, before)));
            while (key != null && key.startsWith(beginning) && found.size() < limit) {
                found.add(read(commits, Keys.of(environment, Keys.number(key)), Commit.class)
                        .orElseThrow());
                key = commitsBySource.lowerKey(key);
            }
            return found;
        });
    }

    @Override
    public List<DataSourceRecord> standingAt(
            EnvironmentId environment, long number, @Nullable DataSourceId after, int limit) {
        positive(limit);
        return file.reading(() -> {
            List<DataSourceRecord> standing = new ArrayList<>();
            String beginning = Keys.in(environment);
            String key = commitsBySource.higherKey(
                    after == null ? beginning : Keys.after(Keys.commitsOf(environment, after)));
            while (key != null && key.startsWith(beginning) && standing.size() < limit) {
                DataSourceId id = DataSourceId.of(key.substring(beginning.length(), key.length() - 20));
                lastCommit(environment, id, number).flatMap(Commits::after).ifPresent(standing::add);
                key = commitsBySource.higherKey(Keys.after(Keys.commitsOf(environment, id)));
            }
            return standing;
        });
    }

    private Optional<Commit> lastCommit(EnvironmentId environment, DataSourceId id, long number) {
        String key = commitsBySource.floorKey(Keys.commitOf(environment, id, Math.max(0, number)));
        return key == null || !key.startsWith(Keys.commitsOf(environment, id))
                ? Optional.empty()
                : read(commits, Keys.of(environment, Keys.number(key)), Commit.class);
    }

    @Override
    public Map<SecretId, SealedSecret> sealedSecrets(EnvironmentId environment, Collection<SecretId> ids) {
        return file.reading(() -> {
            Map<SecretId, SealedSecret> found = new HashMap<>();
            ids.forEach(id -> read(secrets, Keys.of(environment, id.value()), SealedSecret.class)
                    .ifPresent(secret -> found.put(id, secret)));
            return found;
        });
    }

    @Override
    public List<SealedSecret> sealedUnderOtherKeys(String keyId, @Nullable SealedSecret after, int limit) {
        positive(limit);
        return file.reading(() -> {
            List<SealedSecret> found = new ArrayList<>();
            String begin =
                    after == null ? "" : Keys.of(after.environment(), after.id().value());
            scan(secrets, "", begin, entry -> {
                SealedSecret secret = Json.read(entry.value(), SealedSecret.class);
                if (!entry.key().equals(begin) && !secret.keyId().equals(keyId)) {
                    found.add(secret);
                }
                return found.size() < limit;
            });
            return found;
        });
    }

    @Override
    public boolean reseal(SealedSecret before, SealedSecret after) {
        SealedSecret moved = new SealedSecret(
                before.environment(),
                before.id(),
                before.dataSource(),
                before.field(),
                after.keyId(),
                after.ciphertext());
        if (!moved.equals(after)) {
            throw new IllegalArgumentException("resealing must keep the environment, id, data source and field");
        }
        String key = Keys.of(before.environment(), before.id().value());
        return file.writing(() -> {
            boolean asRead = read(secrets, key, SealedSecret.class)
                    .filter(before::equals)
                    .isPresent();
            if (asRead) {
                secrets.put(key, Json.write(after));
            }
            return asRead;
        });
    }

    @Override
    public Map<DataSourceId, Observations> observations(EnvironmentId environment, Collection<DataSourceId> ids) {
        return file.reading(() -> {
            Map<DataSourceId, Observations> found = new HashMap<>();
            ids.forEach(id -> observationsOf(environment, id).ifPresent(seen -> found.put(id, seen)));
            return found;
        });
    }

    private Optional<Observations> observationsOf(EnvironmentId environment, DataSourceId id) {
        return read(observations, Keys.of(environment, id.value()), Observations.class);
    }

    @Override
    public boolean recordSync(
            EnvironmentId environment, DataSourceId id, SyncState state, @Nullable SchemaSnapshot snapshot) {
        return observing(environment, id, seen -> new Observations(state, seen.health()), key -> {
            if (snapshot != null) {
                schemas.put(key, Json.write(snapshot));
            }
        });
    }

    @Override
    public boolean recordHealth(EnvironmentId environment, DataSourceId id, HealthState state) {
        return observing(environment, id, seen -> new Observations(seen.sync(), state), key -> {});
    }

    private boolean observing(
            EnvironmentId environment, DataSourceId id, UnaryOperator<Observations> change, Consumer<String> more) {
        String key = Keys.of(environment, id.value());
        return file.writing(() -> {
            if (!records.containsKey(key)) {
                return false;
            }
            Observations before = observationsOf(environment, id).orElse(Observations.NONE);
            observations.put(key, Json.write(change.apply(before)));
            more.accept(key);
            return true;
        });
    }

    @Override
    public Optional<SchemaSnapshot> schema(EnvironmentId environment, DataSourceId id) {
        return file.reading(() -> read(schemas, Keys.of(environment, id.value()), SchemaSnapshot.class));
    }

    @Override
    public Deployment deploy(EnvironmentId environment, Stamp stamp) {
        return file.writing(() -> {
            String last = deployments.floorKey(Keys.after(Keys.in(environment)));
            long number = last != null && last.startsWith(Keys.in(environment)) ? Keys.number(last) + 1 : 1;
            Deployment made = new Deployment(environment, number, headOf(environment), stamp);
            deployments.put(Keys.of(environment, number), Json.write(made));
            return made;
        });
    }

    @Override
    public List<Deployment> deployments(EnvironmentId environment, long before, int limit) {
        positive(limit);
        return file.reading(() -> {
            List<Deployment> found = new ArrayList<>();
            String key = deployments.lowerKey(Keys.of(environment, Math.max(0, before)));
            while (key != null && key.startsWith(Keys.in(environment)) && found.size() < limit) {
                found.add(read(deployments, key, Deployment.class).orElseThrow());
                key = deployments.lowerKey(key);
            }
            return found;
        });
    }

    @Override
    public void close() {
        file.close();
    }

    private static void positive(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, is " + limit);
        }
    }
}
