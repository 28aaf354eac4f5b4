package dev.headwater.testkit.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.HealthStatus;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.ProposedChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pages of data sources, with every kind of filter. */
public abstract class PageTopic extends StoreTopic {

    private static final int SOURCES = 60;
    private static final Instant TRIED = Instant.parse("2026-03-02T00:00:00Z");

    protected PageTopic(StoreHooks hooks) {
        super(hooks);
    }

    /** Kinds in threes, teams in fours, tiers in fives, health in sixes. */
    @BeforeEach
    void insertSources() {
        List<ProposedChange> inserts = new ArrayList<>();
        for (int i = 0; i < SOURCES; i++) {
            Map<String, String> labels = i % 5 == 0
                    ? Map.of("team", "t" + i % 4)
                    : Map.of("team", "t" + i % 4, "tier", "r" + i % 5, "empty", "");
            // ids run against names, so that an order by id shows
            inserts.add(insert(id(i), spec(name(i), "kind" + i % 3, labels)));
        }
        committed(inserts.toArray(ProposedChange[]::new));
        for (int i = 0; i < SOURCES; i++) {
            HealthStatus status = status(i);
            if (status != HealthStatus.UNKNOWN || i % 2 == 0) {
                store().recordHealth(ENV, id(i), new HealthState(status, TRIED, null, null));
            }
        }
        committed(request(OTHER_ENV, insert(A, spec("n000-other", "kind0", Map.of("team", "t0")))));
    }

    private static DataSourceId id(int i) {
        return DataSourceId.of("s%03d".formatted(SOURCES - i));
    }

    private static String name(int i) {
        return "n%03d".formatted(i);
    }

    private static HealthStatus status(int i) {
        return i % 6 == 0 ? HealthStatus.UNHEALTHY : i % 6 < 3 ? HealthStatus.HEALTHY : HealthStatus.UNKNOWN;
    }

    @Test
    @DisplayName("hold the data sources by name, as they stand")
    void byName() {
        List<DataSourceRecord> page = store().page(ENV, PageQuery.first(SOURCES));

        assertThat(page).extracting(DataSourceRecord::name).containsExactlyElementsOf(names(i -> true));
        assertThat(page)
                .allSatisfy(
                        record -> assertThat(store().findById(ENV, record.id())).contains(record));
    }

    @Test
    @DisplayName("of any size follow each other without gap or repetition")
    void anySize() {
        for (int limit : new int[] {1, 7, SOURCES - 1, SOURCES, SOURCES + 1, PageQuery.MAX_LIMIT}) {
            assertThat(all(PageQuery.first(limit))).containsExactlyElementsOf(names(i -> true));
        }
    }

    @Test
    @DisplayName("begin after a name, be it there or not")
    void afterAnyName() {
        assertThat(read(PageQuery.first(2).after("n003"))).containsExactly("n004", "n005");
        assertThat(read(PageQuery.first(2).after("n003x"))).containsExactly("n004", "n005");
        assertThat(read(PageQuery.first(2).after("a"))).containsExactly("n000", "n001");
        assertThat(read(PageQuery.first(2).after("n059"))).isEmpty();
        assertThat(read(PageQuery.first(2).after("z"))).isEmpty();
    }

    @Test
    @DisplayName("go on in the right place while data sources come and go")
    void changesBetweenPages() {
        List<String> first = read(PageQuery.first(10));
        committed(delete(id(9), 10, name(9)), insert(B, "n004b"), insert(C, "n012b"));

        List<String> second = read(PageQuery.first(4).after(first.get(9)));

        assertThat(second).containsExactly("n010", "n011", "n012", "n012b");
    }

    @Test
    @DisplayName("can be of some kinds only")
    void kinds() {
        PageQuery query = new PageQuery(Set.of("kind1"), Map.of(), Set.of(), null, 7);
        assertThat(all(query)).containsExactlyElementsOf(names(i -> i % 3 == 1));
        query = new PageQuery(Set.of("kind0", "kind2", "kind7"), Map.of(), Set.of(), null, 7);
        assertThat(all(query)).containsExactlyElementsOf(names(i -> i % 3 != 1));
        query = new PageQuery(Set.of("kind7"), Map.of(), Set.of(), null, 7);
        assertThat(all(query)).isEmpty();
    }

    @Test
    @DisplayName("can be of those with all of some labels only")
    void labels() {
        PageQuery query = new PageQuery(Set.of(), Map.of("team", "t1"), Set.of(), null, 4);
        assertThat(all(query)).containsExactlyElementsOf(names(i -> i % 4 == 1));
        query = new PageQuery(Set.of(), Map.of("team", "t1", "tier", "r2"), Set.of(), null, 4);
        assertThat(all(query)).containsExactlyElementsOf(names(i -> i % 4 == 1 && i % 5 == 2));
        query = new PageQuery(Set.of(), Map.of("empty", ""), Set.of(), null, 4);
        assertThat(all(query)).containsExactlyElementsOf(names(i -> i % 5 != 0));
        query = new PageQuery(Set.of(), Map.of("team", "t9"), Set.of(), null, 4);
        assertThat(all(query)).isEmpty();
    }

    @Test
    @DisplayName("can be of some health only; what was never tried is unknown")
    void health() {
        for (HealthStatus status : HealthStatus.values()) {
            PageQuery query = new PageQuery(Set.of(), Map.of(), Set.of(status), null, 9);
            assertThat(all(query)).containsExactlyElementsOf(names(i -> status(i) == status));
        }
        PageQuery two =
                new PageQuery(Set.of(), Map.of(), Set.of(HealthStatus.UNKNOWN, HealthStatus.UNHEALTHY), null, 9);
        assertThat(all(two)).containsExactlyElementsOf(names(i -> status(i) != HealthStatus.HEALTHY));
    }

    @Test
    @DisplayName("can have all filters at once")
    void allFilters() {
        PageQuery query = new PageQuery(
                Set.of("kind0", "kind1"),
                Map.of("team", "t1", "empty", ""),
                Set.of(HealthStatus.HEALTHY, HealthStatus.UNKNOWN),
                null,
                2);

        assertThat(all(query))
                .containsExactlyElementsOf(
                        names(i -> i % 3 < 2 && i % 4 == 1 && i % 5 != 0 && status(i) != HealthStatus.UNHEALTHY))
                .isNotEmpty();
    }

    @Test
    @DisplayName("follow the labels, kind and name that a data source has now")
    void filtersFollowChanges() {
        committed(update(id(1), 2, spec("zz", "kind1", Map.of("team", "new"))));
        committed(delete(id(2), 3, name(2)));

        assertThat(read(new PageQuery(Set.of(), Map.of("team", "new"), Set.of(), null, 5)))
                .containsExactly("zz");
        assertThat(read(new PageQuery(Set.of(), Map.of("team", "t1"), Set.of(), null, 2)))
                .containsExactly("n005", "n009");
        assertThat(read(new PageQuery(Set.of(), Map.of("team", "t2"), Set.of(), null, 2)))
                .containsExactly("n006", "n010");
    }

    /** All names over all pages; checks that only the last page is not full. */
    private List<String> all(PageQuery first) {
        List<String> names = new ArrayList<>();
        PageQuery query = first;
        while (true) {
            List<String> page = read(query);
            assertThat(page).hasSizeLessThanOrEqualTo(first.limit());
            names.addAll(page);
            assertThat(names).as("pages that never end").hasSizeLessThanOrEqualTo(SOURCES);
            if (page.size() < first.limit()) {
                return names;
            }
            query = query.after(page.get(page.size() - 1));
        }
    }

    private List<String> read(PageQuery query) {
        return store().page(ENV, query).stream().map(DataSourceRecord::name).toList();
    }

    private static List<String> names(Predicate<Integer> which) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < SOURCES; i++) {
            if (which.test(i)) {
                names.add(name(i));
            }
        }
        return names;
    }
}
