package dev.headwater.testkit;

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
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.Stamp;
import dev.headwater.spi.StoreException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stores that each break one promise, in ways in which real ones are broken. */
enum BrokenStores {
    /** Writes what comes before a change that is refused. */
    WRITES_HALF_A_REQUEST("leaves nothing if a later change is refused") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public CommitOutcome commit(CommitRequest request) {
                    List<Commit> commits = new ArrayList<>();
                    for (ProposedChange change : request.changes()) {
                        CommitOutcome outcome = right.commit(one(request, change));
                        if (!(outcome instanceof CommitOutcome.Committed committed)) {
                            return outcome;
                        }
                        commits.addAll(committed.commits());
                    }
                    return new CommitOutcome.Committed(commits);
                }
            };
        }
    },

    /** Overwrites whatever version is there: the last writer wins. */
    LOSES_UPDATES("of an update is refused if the data source is at another version") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public CommitOutcome commit(CommitRequest request) {
                    CommitOutcome outcome = right.commit(request);
                    while (outcome instanceof CommitOutcome.VersionConflict conflict
                            && request.changes().get(0) instanceof ProposedChange.Update update
                            && request.changes().size() == 1) {
                        outcome = right.commit(one(
                                request,
                                new ProposedChange.Update(
                                        update.dataSource(),
                                        conflict.actual(),
                                        update.created(),
                                        update.spec(),
                                        update.changed())));
                    }
                    return outcome;
                }
            };
        }
    },

    /** Takes a number for each request, as a database's sequence does, also for one that is refused. */
    LEAVES_GAPS("that was refused uses up no number") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public CommitOutcome commit(CommitRequest request) {
                    CommitOutcome outcome = right.commit(request);
                    if (!(outcome instanceof CommitOutcome.Committed)) {
                        DataSourceId id = new DataSourceId("gap-" + right.head(request.environment()));
                        if (request.changes().get(0) instanceof ProposedChange.Insert first) {
                            var spent = new ProposedChange.Insert(
                                    id, first.created(), first.spec().withName("gap " + id));
                            right.commit(new CommitRequest(
                                    request.environment(), request.stamp(), null, List.of(spent), List.of()));
                        }
                    }
                    return outcome;
                }
            };
        }
    },

    /** Finds names without regard to case, as many databases do by default. */
    FOLDS_CASE("differ by case, accents, trailing spaces") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public Optional<DataSourceRecord> findByName(EnvironmentId environment, String name) {
                    return right.page(environment, PageQuery.first(PageQuery.MAX_LIMIT)).stream()
                            .filter(record -> record.name().equalsIgnoreCase(name))
                            .findFirst();
                }
            };
        }
    },

    /** Ignores spaces at the end of a name, as SQL's PAD SPACE does. */
    PADS_NAMES("differ by case, accents, trailing spaces") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public Optional<DataSourceRecord> findByName(EnvironmentId environment, String name) {
                    Optional<DataSourceRecord> exact = right.findByName(environment, name);
                    return exact.isPresent() ? exact : right.findByName(environment, name.stripTrailing());
                }
            };
        }
    },

    /** Cuts a page before it filters it. */
    FILTERS_AFTER_THE_LIMIT("can have all filters at once") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public List<DataSourceRecord> page(EnvironmentId environment, PageQuery query) {
                    List<DataSourceRecord> wanted = right.page(environment, query);
                    PageQuery all = query.afterName() == null
                            ? PageQuery.first(query.limit())
                            : PageQuery.first(query.limit()).after(query.afterName());
                    return right.page(environment, all).stream()
                            .filter(wanted::contains)
                            .toList();
                }
            };
        }
    },

    /** Begins a page with the name that ended the last. */
    REPEATS_THE_LAST_NAME("of any size follow each other without gap or repetition") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public List<DataSourceRecord> page(EnvironmentId environment, PageQuery query) {
                    List<DataSourceRecord> page = new ArrayList<>(right.page(environment, query));
                    if (query.afterName() != null) {
                        right.findByName(environment, query.afterName()).ifPresent(last -> page.add(0, last));
                    }
                    return page.subList(0, Math.min(page.size(), query.limit()));
                }
            };
        }
    },

    /** Answers for the past with the present. */
    FORGETS_THE_PAST("says what stood right after each commit") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public List<DataSourceRecord> standingAt(
                        EnvironmentId environment, long number, @Nullable DataSourceId after, int limit) {
                    return right.standingAt(environment, right.head(environment), after, limit);
                }
            };
        }
    },

    /** Keeps times to the millisecond. */
    CUTS_TIMES("of an insert gets number 1") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public CommitOutcome commit(CommitRequest request) {
                    Stamp stamp = request.stamp();
                    return right.commit(new CommitRequest(
                            request.environment(),
                            new Stamp(stamp.at().truncatedTo(ChronoUnit.MILLIS), stamp.by()),
                            request.message(),
                            request.changes(),
                            request.secrets()));
                }
            };
        }
    },

    /** Says for a deleted data source what was seen of it before, when it is brought back. */
    KEEPS_OBSERVATIONS("stay when the data source is updated, and go when it is deleted") {
        @Override
        DataSourceStore open() {
            Map<DataSourceId, HealthState> kept = new ConcurrentHashMap<>();
            return new DelegatingStore() {
                @Override
                public boolean recordHealth(EnvironmentId environment, DataSourceId id, HealthState state) {
                    kept.put(id, state);
                    return right.recordHealth(environment, id, state);
                }

                @Override
                public Map<DataSourceId, Observations> observations(
                        EnvironmentId environment, Collection<DataSourceId> ids) {
                    Map<DataSourceId, Observations> found = new HashMap<>(right.observations(environment, ids));
                    for (DataSourceId id : ids) {
                        HealthState state = kept.get(id);
                        if (state != null && right.findById(environment, id).isPresent()) {
                            found.putIfAbsent(id, new Observations(Observations.NONE.sync(), state));
                        }
                    }
                    return found;
                }
            };
        }
    },

    /** Puts a sealed secret in place of whatever is there. */
    RESEALS_BLINDLY("are sealed anew only while they are as they were read") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public boolean reseal(SealedSecret before, SealedSecret after) {
                    SealedSecret there = right.sealedSecrets(before.environment(), List.of(before.id()))
                            .get(before.id());
                    return right.reseal(there == null ? before : there, after);
                }
            };
        }
    },

    /** Numbers deployments by counting them first. */
    NUMBERS_DEPLOYMENTS_TWICE("mark the latest commit, are numbered from 1") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public Deployment deploy(EnvironmentId environment, Stamp stamp) {
                    long count = right.deployments(environment, Long.MAX_VALUE, Integer.MAX_VALUE)
                            .size();
                    Deployment made = right.deploy(environment, stamp);
                    return new Deployment(environment, Math.max(1, count), made.commit(), stamp);
                }
            };
        }
    },

    /** Answers after it was closed. */
    NEVER_CLOSES("refuses every call with a StoreException") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public void close() {}
            };
        }
    },

    /** Writes the data source, and then fails over its secret. */
    CREATES_WITHOUT_ITS_SECRET("leaves nothing if a sealed secret's id is there already") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public CommitOutcome commit(CommitRequest request) {
                    boolean known = !right.sealedSecrets(
                                    request.environment(),
                                    request.secrets().stream()
                                            .map(SealedSecret::id)
                                            .toList())
                            .isEmpty();
                    if (!known) {
                        return right.commit(request);
                    }
                    right.commit(new CommitRequest(
                            request.environment(), request.stamp(), request.message(), request.changes(), List.of()));
                    throw new StoreException("a sealed secret with this id is there already");
                }
            };
        }
    },

    /** Deletes whatever version is there. */
    DELETES_ANY_VERSION("of a delete is refused at another version") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public CommitOutcome commit(CommitRequest request) {
                    CommitOutcome outcome = right.commit(request);
                    if (outcome instanceof CommitOutcome.VersionConflict conflict
                            && request.changes().get(0) instanceof ProposedChange.Delete delete
                            && request.changes().size() == 1) {
                        return right.commit(one(
                                request,
                                new ProposedChange.Delete(
                                        delete.dataSource(), conflict.actual(), delete.name(), delete.kind())));
                    }
                    return outcome;
                }
            };
        }
    },

    /** Sorts names as people do, upper and lower case together. */
    SORTS_WITHOUT_CASE("are in ascending order of their code units or code points") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public List<DataSourceRecord> page(EnvironmentId environment, PageQuery query) {
                    List<DataSourceRecord> page = new ArrayList<>(right.page(environment, query));
                    page.sort(Comparator.comparing(DataSourceRecord::name, String.CASE_INSENSITIVE_ORDER));
                    return page;
                }
            };
        }
    },

    /** Keeps one deployment, which follows the head. */
    MOVES_THE_DEPLOYED_VIEW("mark the latest commit") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public List<Deployment> deployments(EnvironmentId environment, long before, int limit) {
                    return right.deployments(environment, before, limit).stream()
                            .map(made ->
                                    new Deployment(environment, made.number(), right.head(environment), made.stamp()))
                            .toList();
                }
            };
        }
    },

    /** Gives out sealed secrets by id alone, those of other environments too. */
    SHOWS_SECRETS_OF_OTHERS("come with the commit that names them, and are read by id") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public Map<SecretId, SealedSecret> sealedSecrets(EnvironmentId environment, Collection<SecretId> ids) {
                    Map<SecretId, SealedSecret> found = new HashMap<>();
                    right.sealedUnderOtherKeys("no-such-key", null, 1_000).stream()
                            .filter(secret -> ids.contains(secret.id()))
                            .forEach(secret -> found.put(secret.id(), secret));
                    return found;
                }
            };
        }
    },

    /** Shows for a secret what was sealed last under that field, of whichever data source. */
    MIXES_UP_CIPHERTEXTS("of several data sources are each their own's, with its ciphertext") {
        @Override
        DataSourceStore open() {
            Map<String, String> last = new ConcurrentHashMap<>();
            return new DelegatingStore() {
                @Override
                public CommitOutcome commit(CommitRequest request) {
                    request.secrets().forEach(secret -> last.put(secret.field(), secret.ciphertext()));
                    return right.commit(request);
                }

                @Override
                public Map<SecretId, SealedSecret> sealedSecrets(EnvironmentId environment, Collection<SecretId> ids) {
                    Map<SecretId, SealedSecret> found = new HashMap<>(right.sealedSecrets(environment, ids));
                    found.replaceAll((id, secret) -> new SealedSecret(
                            environment,
                            id,
                            secret.dataSource(),
                            secret.field(),
                            secret.keyId(),
                            last.getOrDefault(secret.field(), secret.ciphertext())));
                    return found;
                }
            };
        }
    },

    /** Does not give its connection back when a commit is refused. */
    LEAKS_CONNECTIONS("connections that no call holds any more") {
        @Override
        DataSourceStore open() {
            LEAKED.set(0);
            return new DelegatingStore() {
                @Override
                public CommitOutcome commit(CommitRequest request) {
                    LEAKED.incrementAndGet();
                    CommitOutcome outcome = right.commit(request);
                    if (outcome instanceof CommitOutcome.Committed) {
                        LEAKED.decrementAndGet();
                    }
                    return outcome;
                }
            };
        }
    },

    /** Says that it is persistent, and is not. */
    LIES_ABOUT_PERSISTENCE("is as the store says by persistent()") {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public boolean persistent() {
                    return true;
                }
            };
        }
    };

    /** How many connections {@link #LEAKS_CONNECTIONS} has not given back. */
    static final AtomicInteger LEAKED = new AtomicInteger();

    private final String told;

    /** @param told what the author of such a store reads: a part of the name of a test, or of its message */
    BrokenStores(String told) {
        this.told = told;
    }

    String told() {
        return told;
    }

    abstract DataSourceStore open();

    private static CommitRequest one(CommitRequest request, ProposedChange change) {
        return new CommitRequest(
                request.environment(),
                request.stamp(),
                request.message(),
                List.of(change),
                request.secrets().stream()
                        .filter(secret -> secret.dataSource().equals(change.dataSource()))
                        .toList());
    }
}
