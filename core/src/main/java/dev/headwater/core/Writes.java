package dev.headwater.core;

import dev.headwater.core.internal.EnvironmentView;
import dev.headwater.core.internal.PendingConfig;
import dev.headwater.core.internal.TimeOrderedIds;
import dev.headwater.core.internal.secret.SecretSealer;
import dev.headwater.spi.Caller;
import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.Stamp;
import dev.headwater.spi.TestReport;
import dev.headwater.spi.ValidationException;
import dev.headwater.spi.ValidationResult;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes commits of what callers want, for one environment and caller. */
final class Writes {

    /**
     * How often a write that takes whatever version is there is tried again after somebody else was first. Each lost
     * try means that another writer got through, so this is a bound for bad luck, not a way to wait.
     */
    private static final int MAX_TRIES = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Writes.class);

    private final EnvironmentView view;
    private final Caller caller;
    private final Gate gate;
    private final DataSourceStore store;
    private final SpecReader reader;
    private final SecretSealer sealer;
    private final Probes probes;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final BiConsumer<EnvironmentView, List<Commit>> afterCommit;

    Writes(RegistryParts parts, EnvironmentView view, Caller caller, Gate gate, Probes probes) {
        this.view = view;
        this.caller = caller;
        this.gate = gate;
        this.store = parts.store();
        this.reader = parts.reader();
        this.sealer = parts.sealer();
        this.ids = parts.ids();
        this.clock = parts.clock();
        this.probes = probes;
        this.afterCommit = parts.afterCommit();
    }

    ValidationResult validate(DataSourceDraft draft) {
        try {
            return new ValidationResult(List.of(), reader.read(draft, null).warnings());
        } catch (ValidationException e) {
            return e.result();
        }
    }

    DataSourceRecord create(DataSourceDraft draft, WriteOptions options) {
        gate.pass(Action.WRITE);
        SpecReader.Wish wish = reader.read(draft, null);
        DataSourceId id = ids.nextDataSource();
        List<SealedSecret> secrets = new ArrayList<>();
        DataSourceSpec spec = wish.spec().withConfig(seal(id, wish, secrets));
        demand(wish, options);
        return written(tryCommit(new ProposedChange.Insert(id, now(), spec), secrets, options, false)
                .orElseThrow());
    }

    DataSourceRecord replace(DataSourceId id, DataSourceDraft draft, WriteOptions options) {
        return change(id, options, current -> reader.read(draft, current));
    }

    DataSourceRecord update(DataSourceId id, DataSourcePatch patch, WriteOptions options) {
        return change(id, options, current -> reader.read(patch, current));
    }

    /** Reads, changes and writes; again if somebody else was first and any version will do. */
    private DataSourceRecord change(
            DataSourceId id, WriteOptions options, Function<DataSourceRecord, SpecReader.Wish> wished) {
        for (int tries = 1; ; tries++) {
            DataSourceRecord current = current(id, options);
            SpecReader.Wish wish = wished.apply(current);
            List<String> changed = SpecChanges.between(
                    current.spec(),
                    wish.spec(),
                    wish.config().values(),
                    wish.config().secrets().keySet());
            if (changed.isEmpty()) {
                return current;
            }
            List<SealedSecret> secrets = new ArrayList<>();
            DataSourceSpec spec = wish.spec().withConfig(seal(id, wish, secrets));
            demand(wish, options);
            Optional<Commit> commit = tryCommit(
                    new ProposedChange.Update(id, current.version(), current.created(), spec, changed),
                    secrets,
                    options,
                    options.expectedVersion() == null && tries < MAX_TRIES);
            if (commit.isPresent()) {
                return written(commit.get());
            }
        }
    }

    Commit delete(DataSourceId id, WriteOptions options) {
        for (int tries = 1; ; tries++) {
            DataSourceRecord current = current(id, options);
            Optional<Commit> commit = tryCommit(
                    new ProposedChange.Delete(id, current.version(), current.name(), current.kind()),
                    List.of(),
                    options,
                    options.expectedVersion() == null && tries < MAX_TRIES);
            if (commit.isPresent()) {
                return commit.get();
            }
        }
    }

    /** The state that the store has now; a write must not start from one that is only warm. */
    private DataSourceRecord current(DataSourceId id, WriteOptions options) {
        DataSourceRecord current =
                gate.pass(Action.WRITE, store.findById(view.id(), id).orElseThrow(() -> missing(id)), id.value());
        Long expected = options.expectedVersion();
        if (expected != null && expected != current.version()) {
            throw conflict(current, expected);
        }
        return current;
    }

    private RuntimeException missing(DataSourceId id) {
        return store.commitsOf(view.id(), id, Long.MAX_VALUE, 1).stream()
                .filter(commit -> commit.change() instanceof Change.Deleted)
                .findFirst()
                .<RuntimeException>map(DataSourceGoneException::new)
                .orElseGet(() -> new DataSourceNotFoundException(view.id(), id.value()));
    }

    private void demand(SpecReader.Wish wish, WriteOptions options) {
        wish.warnings()
                .forEach(warning ->
                        LOG.warn("data source {} in {}: {}", wish.spec().name(), view.id(), warning.message()));
        if (options.secretsMustExist()) {
            probes.requireSecrets(wish.config());
        }
        if (options.testMustPass()) {
            TestReport report = probes.test(wish);
            if (!report.passed()) {
                throw new ConnectionTestFailedException(wish.spec().name(), report);
            }
        }
    }

    /** Seals the new secrets, and puts the whole config in the order of the kind's fields. */
    private Map<String, ConfigValue> seal(DataSourceId id, SpecReader.Wish wish, List<SealedSecret> sealed) {
        PendingConfig pending = wish.config();
        Stamp now = now();
        Map<String, ConfigValue> config = new LinkedHashMap<>(pending.values());
        pending.secrets().forEach((field, value) -> {
            SecretId secret = ids.nextSecret();
            sealed.add(sealer.seal(view.id(), id, field, secret, value));
            config.put(field, new ConfigValue.SecretLiteral(secret, now.at()));
        });
        return reader.inFieldOrder(wish.spec().kind(), config);
    }

    /** @return empty if somebody else was first, and the caller wants to try again */
    private Optional<Commit> tryCommit(
            ProposedChange change, List<SealedSecret> secrets, WriteOptions options, boolean retryOnConflict) {
        CommitOutcome outcome =
                store.commit(new CommitRequest(view.id(), now(), options.message(), List.of(change), secrets));
        if (outcome instanceof CommitOutcome.VersionConflict && retryOnConflict) {
            return Optional.empty();
        }
        return Optional.of(committed(outcome).get(0));
    }

    /** Takes commits in, or says what stands against them. */
    List<Commit> committed(CommitOutcome outcome) {
        if (outcome instanceof CommitOutcome.Committed done) {
            view.wrote(done.commits());
            afterCommit.accept(view, done.commits());
            return done.commits();
        }
        if (outcome instanceof CommitOutcome.NameTaken taken) {
            throw new NameTakenException(view.id(), taken.name(), taken.holder());
        }
        if (outcome instanceof CommitOutcome.Gone gone) {
            throw missing(gone.dataSource());
        }
        CommitOutcome.VersionConflict conflict = (CommitOutcome.VersionConflict) outcome;
        throw store.findById(view.id(), conflict.dataSource())
                .map(now -> (RuntimeException) conflict(now, conflict.expected()))
                .orElseGet(() -> missing(conflict.dataSource()));
    }

    private static VersionConflictException conflict(DataSourceRecord now, long expected) {
        return new VersionConflictException(
                "data source " + now.name() + " (changed by " + now.updated().by() + " at "
                        + now.updated().at() + ")",
                now.id(),
                expected,
                now.version());
    }

    private static DataSourceRecord written(Commit commit) {
        return Releases.after(commit.change()).orElseThrow();
    }

    private Stamp now() {
        return new Stamp(clock.instant(), caller.id());
    }
}
