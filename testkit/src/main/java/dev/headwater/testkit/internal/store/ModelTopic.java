package dev.headwater.testkit.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.Deployment;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.HealthStatus;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.Stamp;
import dev.headwater.spi.SyncState;
import dev.headwater.spi.SyncStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random calls, the same in every run, done to the store and to a model of it: both must always answer alike. */
public abstract class ModelTopic extends StoreTopic {

    private static final int CALLS = 60;
    private static final List<DataSourceId> IDS = List.of(
            DataSourceId.of("1"),
            DataSourceId.of("2"),
            DataSourceId.of("3"),
            DataSourceId.of("4"),
            DataSourceId.of("5"));
    private static final List<String> NAMES = List.of("a", "B", "b", "b ", "c", "d");
    private static final List<String> KINDS = List.of("k1", "k2");
    private static final List<Map<String, String>> LABELS =
            List.of(Map.of(), Map.of("x", "1"), Map.of("x", "2", "y", "1"), Map.of("x", "1", "y", "1"));

    protected ModelTopic(StoreHooks hooks) {
        super(hooks);
    }

    @Test
    @DisplayName("has the answers that a plain model of the store gives")
    void agreesWithModel() {
        for (int seed = 1; seed <= hooks().randomSequences(); seed++) {
            EnvironmentId environment = EnvironmentId.of("random-" + seed);
            List<String> calls = new ArrayList<>();
            try {
                new Run(environment, new Random(seed), calls).run();
            } catch (AssertionError e) {
                throw new AssertionError(
                        "sequence " + seed + " after " + calls.size() + " calls, the last: "
                                + calls.subList(Math.max(0, calls.size() - 5), calls.size()) + "\n" + e.getMessage(),
                        e);
            }
        }
    }

    private final class Run {

        private final EnvironmentId environment;
        private final Random random;
        private final List<String> calls;
        private final StoreModel model;

        Run(EnvironmentId environment, Random random, List<String> calls) {
            this.environment = environment;
            this.random = random;
            this.calls = calls;
            this.model = new StoreModel(environment);
        }

        void run() {
            for (int i = 0; i < CALLS; i++) {
                switch (random.nextInt(8)) {
                    case 0 -> health();
                    case 1 -> sync();
                    case 2 -> deploy();
                    default -> commit();
                }
                compareSome();
            }
            compareAll();
        }

        private void commit() {
            List<DataSourceId> ids = new ArrayList<>(IDS);
            Collections.shuffle(ids, random);
            List<ProposedChange> changes = new ArrayList<>();
            int count = random.nextInt(3) == 0 ? 2 + random.nextInt(3) : 1;
            for (DataSourceId id : ids.subList(0, count)) {
                changes.add(change(id));
            }
            CommitRequest request = new CommitRequest(environment, stamp(), null, changes, List.of());
            calls.add("commit " + changes);
            CommitOutcome expected = model.commit(request);
            assertThat(store().commit(request)).isEqualTo(expected);
        }

        /** Mostly one that may succeed. */
        private ProposedChange change(DataSourceId id) {
            DataSourceRecord current = model.find(id);
            boolean there = random.nextInt(10) == 0 ? current == null : current != null;
            long version = current == null ? 1 : current.version();
            long expected = random.nextInt(10) == 0 ? 1 + random.nextInt(60) : version;
            Stamp created = current == null ? stamp() : current.created();
            var spec = spec(pick(NAMES), current == null ? pick(KINDS) : current.kind(), pick(LABELS));
            if (!there) {
                return new ProposedChange.Insert(id, created, spec);
            }
            return random.nextInt(4) == 0
                    ? new ProposedChange.Delete(id, expected, current == null ? "?" : current.name(), spec.kind())
                    : new ProposedChange.Update(id, expected, created, spec, List.of("x"));
        }

        private void health() {
            DataSourceId id = pick(IDS);
            HealthState state = new HealthState(pick(List.of(HealthStatus.values())), stamp().at(), null, null);
            calls.add("health " + id + " " + state);
            assertThat(store().recordHealth(environment, id, state)).isEqualTo(model.recordHealth(id, state));
        }

        private void sync() {
            DataSourceId id = pick(IDS);
            SyncState state = new SyncState(pick(List.of(SyncStatus.values())), stamp().at(), null, "e");
            calls.add("sync " + id + " " + state);
            assertThat(store().recordSync(environment, id, state, null)).isEqualTo(model.recordSync(id, state));
        }

        private void deploy() {
            Stamp stamp = stamp();
            calls.add("deploy");
            assertThat(store().deploy(environment, stamp)).isEqualTo(model.deploy(stamp));
        }

        private void compareSome() {
            DataSourceId id = pick(IDS);
            String name = pick(NAMES);
            assertThat(store().findById(environment, id).orElse(null)).isEqualTo(model.find(id));
            assertThat(store().findByName(environment, name).orElse(null)).isEqualTo(model.findByName(name));
            PageQuery query = query();
            assertThat(store().page(environment, query)).as("%s", query).isEqualTo(model.page(query));
        }

        private PageQuery query() {
            Set<HealthStatus> health = EnumSet.noneOf(HealthStatus.class);
            if (random.nextBoolean()) {
                health.add(pick(List.of(HealthStatus.values())));
            }
            return new PageQuery(
                    random.nextBoolean() ? Set.of() : Set.of(pick(KINDS)),
                    pick(LABELS),
                    health,
                    random.nextBoolean() ? null : pick(NAMES),
                    1 + random.nextInt(4));
        }

        private void compareAll() {
            assertThat(store().head(environment)).isEqualTo(model.log.size());
            assertThat(store().commitsAfter(environment, 0, 1_000)).isEqualTo(model.log);
            for (int number = 0; number <= model.log.size(); number += 3) {
                assertThat(store().standingAt(environment, number, null, 100)).isEqualTo(model.standingAt(number));
            }
            for (DataSourceId id : IDS) {
                assertThat(store().commitsOf(environment, id, Long.MAX_VALUE, 1_000))
                        .isEqualTo(model.commitsOf(id));
            }
            List<Deployment> deployments = new ArrayList<>(model.deployments);
            Collections.reverse(deployments);
            assertThat(store().deployments(environment, Long.MAX_VALUE, 1_000)).isEqualTo(deployments);
            assertThat(store().observations(environment, IDS)).isEqualTo(new HashMap<>(model.observations));
        }

        private <T> T pick(List<T> from) {
            return from.get(random.nextInt(from.size()));
        }
    }
}
