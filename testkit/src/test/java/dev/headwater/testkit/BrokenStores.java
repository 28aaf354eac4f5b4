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
import dev.headwater.spi.Stamp;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Stores that each break one promise, in ways in which real ones are broken. */
enum BrokenStores {
    /** Writes what comes before a change that is refused. */
    WRITES_HALF_A_REQUEST {
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
    LOSES_UPDATES {
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
    LEAVES_GAPS {
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
    FOLDS_CASE {
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
    PADS_NAMES {
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
    FILTERS_AFTER_THE_LIMIT {
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
    REPEATS_THE_LAST_NAME {
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
    FORGETS_THE_PAST {
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
    CUTS_TIMES {
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
    KEEPS_OBSERVATIONS {
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
    RESEALS_BLINDLY {
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
    NUMBERS_DEPLOYMENTS_TWICE {
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
    NEVER_CLOSES {
        @Override
        DataSourceStore open() {
            return new DelegatingStore() {
                @Override
                public void close() {}
            };
        }
    },

    /** Says that it is persistent, and is not. */
    LIES_ABOUT_PERSISTENCE {
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
