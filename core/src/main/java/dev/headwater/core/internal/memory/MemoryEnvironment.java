package dev.headwater.core.internal.memory;

import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.Deployment;
import dev.headwater.spi.EnvironmentHead;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One environment in memory. Writers hold its monitor. Readers take no lock: they read {@link #head} once, and then see
 * of every history only what is not newer. What a writer adds is newer than the head until it moves the head, as its last
 * step; so a reader sees all of a request or nothing of it.
 */
public final class MemoryEnvironment {

    private final EnvironmentId environment;
    private final NavigableMap<Long, Commit> log = new ConcurrentSkipListMap<>();
    private final NavigableMap<DataSourceId, SourceHistory> sources = new ConcurrentSkipListMap<>();
    private final NavigableMap<String, NameHistory> names = new ConcurrentSkipListMap<>();
    private final NavigableMap<SecretId, SealedSecret> secrets = new ConcurrentSkipListMap<>();
    private final NavigableMap<Long, Deployment> deployments = new ConcurrentSkipListMap<>();
    private volatile long head;
    private volatile long planned;
    private volatile long forgotten;

    public MemoryEnvironment(EnvironmentId environment) {
        this.environment = environment;
    }

    public long head() {
        return head;
    }

    public synchronized EnvironmentHead standing() {
        return new EnvironmentHead(head, deployments.isEmpty() ? 0 : deployments.lastKey(), forgotten);
    }

    /** {@return up to which commit tasks were made} */
    public long planned() {
        return planned;
    }

    public synchronized void planned(long number) {
        planned = Math.max(planned, number);
    }

    public synchronized long forgetBefore(Instant before) {
        long horizon = 0;
        for (Commit commit : log.values()) {
            if (!commit.stamp().at().isBefore(before)) {
                break;
            }
            horizon = commit.number();
        }
        if (!deployments.isEmpty()) {
            horizon = Math.min(horizon, deployments.lastEntry().getValue().commit());
        }
        if (horizon <= forgotten) {
            return 0;
        }
        long limit = horizon;
        forgotten = limit;
        long all = log.size();
        log.headMap(limit, true).values().removeIf(commit -> {
            SourceHistory history = sources.get(commit.change().dataSource());
            DataSourceRecord stood = history == null ? null : history.at(limit);
            return stood == null || stood.version() != commit.number();
        });
        deployments.values().removeIf(deployment -> deployment.commit() < limit);
        sources.values().removeIf(history -> !history.forget(limit));
        names.values().removeIf(history -> !history.forget(limit));
        Set<SecretId> named = log.values().stream()
                .flatMap(commit -> Changes.after(commit.change()).stream())
                .flatMap(record -> record.config().values().stream())
                .filter(ConfigValue.SecretLiteral.class::isInstance)
                .map(value -> ((ConfigValue.SecretLiteral) value).secret())
                .collect(Collectors.toSet());
        secrets.keySet().retainAll(named);
        return all - log.size();
    }

    public Optional<DataSourceRecord> findById(DataSourceId id) {
        return Optional.ofNullable(at(head, id));
    }

    public Optional<DataSourceRecord> findByName(String name) {
        long now = head;
        DataSourceId holder = holder(now, name);
        return holder == null ? Optional.empty() : Optional.ofNullable(at(now, holder));
    }

    public List<DataSourceRecord> page(PageQuery query) {
        long now = head;
        String after = query.afterName();
        List<DataSourceRecord> page = new ArrayList<>();
        for (NameHistory history : (after == null ? names : names.tailMap(after, false)).values()) {
            DataSourceId holder = history.at(now);
            DataSourceRecord found = holder == null ? null : at(now, holder);
            if (found != null && matches(found, query)) {
                page.add(found);
                if (page.size() == query.limit()) {
                    break;
                }
            }
        }
        return List.copyOf(page);
    }

    private boolean matches(DataSourceRecord found, PageQuery query) {
        return (query.kinds().isEmpty() || query.kinds().contains(found.kind()))
                && found.spec().labels().entrySet().containsAll(query.labels().entrySet())
                && (query.health().isEmpty()
                        || query.health()
                                .contains(
                                        seen(found.id()).observations().health().status()));
    }

    public synchronized CommitOutcome commit(CommitRequest request) {
        CommitOutcome refusal = refusal(request);
        if (refusal != null) {
            return refusal;
        }
        Set<SecretId> added = new HashSet<>();
        for (SealedSecret secret : request.secrets()) {
            if (secrets.containsKey(secret.id()) || !added.add(secret.id())) {
                throw new StoreException("a sealed secret with the id " + secret.id() + " is there already");
            }
        }
        long number = head;
        List<Commit> commits = new ArrayList<>();
        for (ProposedChange proposed : request.changes()) {
            number++;
            Change change = Changes.made(proposed, request, number);
            commits.add(new Commit(environment, number, request.stamp(), request.message(), change));
        }
        write(request, commits);
        head = number;
        return new CommitOutcome.Committed(commits);
    }

    private void write(CommitRequest request, List<Commit> commits) {
        Set<String> kept = request.changes().stream()
                .map(Changes::nameAfter)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        for (Commit commit : commits) {
            DataSourceRecord before = at(head, commit.change().dataSource());
            if (before != null && !kept.contains(before.name())) {
                history(before.name()).add(commit.number(), null);
            }
        }
        for (Commit commit : commits) {
            DataSourceId id = commit.change().dataSource();
            log.put(commit.number(), commit);
            SourceHistory history = sources.computeIfAbsent(id, absent -> new SourceHistory());
            if (commit.change() instanceof Change.Deleted) {
                history.seen = Seen.NOTHING;
            } else {
                history(commit.change().name()).add(commit.number(), id);
            }
            history.add(commit);
        }
        request.secrets().forEach(secret -> secrets.put(secret.id(), secret));
    }

    private NameHistory history(String name) {
        return names.computeIfAbsent(name, absent -> new NameHistory());
    }

    /** What speaks against the request, of its earliest change first; null if nothing does. */
    private @Nullable CommitOutcome refusal(CommitRequest request) {
        Set<DataSourceId> touched =
                request.changes().stream().map(ProposedChange::dataSource).collect(Collectors.toSet());
        Map<String, DataSourceId> wanted = new HashMap<>();
        for (ProposedChange change : request.changes()) {
            DataSourceRecord current = at(head, change.dataSource());
            CommitOutcome conflict = Changes.conflict(change, current == null ? 0 : current.version());
            if (conflict != null) {
                return conflict;
            }
            String name = Changes.nameAfter(change);
            if (name != null) {
                DataSourceId holder = wanted.putIfAbsent(name, change.dataSource());
                DataSourceId stored = holder(head, name);
                if (holder == null && stored != null && !touched.contains(stored)) {
                    holder = stored;
                }
                if (holder != null) {
                    return new CommitOutcome.NameTaken(name, holder);
                }
            }
        }
        return null;
    }

    public List<Commit> commitsAfter(long number, int limit) {
        if (number >= head) {
            return List.of();
        }
        return log.subMap(number, false, head, true).values().stream()
                .limit(limit)
                .toList();
    }

    public List<Commit> commitsOf(DataSourceId id, long before, int limit) {
        SourceHistory history = sources.get(id);
        return history == null ? List.of() : history.before(Math.min(before, head + 1), limit);
    }

    public List<DataSourceRecord> standingAt(long number, @Nullable DataSourceId after, int limit) {
        long then = Math.min(number, head);
        List<DataSourceRecord> standing = new ArrayList<>();
        for (SourceHistory history : (after == null ? sources : sources.tailMap(after, false)).values()) {
            DataSourceRecord found = history.at(then);
            if (found != null) {
                standing.add(found);
                if (standing.size() == limit) {
                    break;
                }
            }
        }
        return List.copyOf(standing);
    }

    public Map<SecretId, SealedSecret> sealedSecrets(Collection<SecretId> ids) {
        Map<SecretId, SealedSecret> found = new LinkedHashMap<>();
        for (SecretId id : ids) {
            SealedSecret secret = secrets.get(id);
            if (secret != null) {
                found.put(id, secret);
            }
        }
        return Map.copyOf(found);
    }

    /** Secrets under other keys than that one, by id from after the given one on. */
    public List<SealedSecret> sealedUnderOtherKeys(String keyId, @Nullable SecretId after, int limit) {
        return (after == null ? secrets : secrets.tailMap(after, false))
                .values().stream()
                        .filter(secret -> !secret.keyId().equals(keyId))
                        .limit(limit)
                        .toList();
    }

    public boolean reseal(SealedSecret before, SealedSecret after) {
        return secrets.replace(before.id(), before, after);
    }

    public Map<DataSourceId, Observations> observations(Collection<DataSourceId> ids) {
        Map<DataSourceId, Observations> found = new HashMap<>();
        for (DataSourceId id : ids) {
            Seen seen = seen(id);
            if (seen.anything() && at(head, id) != null) {
                found.put(id, seen.observations());
            }
        }
        return Map.copyOf(found);
    }

    public synchronized boolean recordSync(DataSourceId id, SyncState state, @Nullable SchemaSnapshot snapshot) {
        SourceHistory history = sources.get(id);
        if (history == null || history.at(head) == null) {
            return false;
        }
        history.seen = new Seen(state, history.seen.health(), snapshot == null ? history.seen.schema() : snapshot);
        return true;
    }

    public synchronized boolean recordHealth(DataSourceId id, HealthState state) {
        SourceHistory history = sources.get(id);
        if (history == null || history.at(head) == null) {
            return false;
        }
        history.seen = new Seen(history.seen.sync(), state, history.seen.schema());
        return true;
    }

    public Optional<SchemaSnapshot> schema(DataSourceId id) {
        return Optional.ofNullable(seen(id).schema());
    }

    public synchronized Deployment deploy(Stamp stamp) {
        long number = deployments.isEmpty() ? 1 : deployments.lastKey() + 1;
        Deployment deployment = new Deployment(environment, number, head, stamp);
        deployments.put(deployment.number(), deployment);
        return deployment;
    }

    public List<Deployment> deployments(long before, int limit) {
        return deployments.headMap(before, false).descendingMap().values().stream()
                .limit(limit)
                .toList();
    }

    private Seen seen(DataSourceId id) {
        SourceHistory history = sources.get(id);
        return history == null ? Seen.NOTHING : history.seen;
    }

    private @Nullable DataSourceRecord at(long number, DataSourceId id) {
        SourceHistory history = sources.get(id);
        return history == null ? null : history.at(number);
    }

    private @Nullable DataSourceId holder(long number, String name) {
        NameHistory history = names.get(name);
        return history == null ? null : history.at(number);
    }
}
