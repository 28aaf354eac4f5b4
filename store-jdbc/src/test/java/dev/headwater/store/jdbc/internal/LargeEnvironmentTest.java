package dev.headwater.store.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.HealthStatus;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.ProposedChange;
import dev.headwater.store.jdbc.JdbcStore;
import dev.headwater.store.jdbc.support.Consistency;
import dev.headwater.store.jdbc.support.Requests;
import dev.headwater.store.jdbc.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Judged by the plans and the rows that they read, not by time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("In an environment of 100,000 data sources on PostgreSQL")
class LargeEnvironmentTest {

    private static final int SOURCES = 100_000;
    private static final int BATCH = 2_000;
    private static final EnvironmentId ENV = new EnvironmentId("large");
    private static final Pattern ROWS = Pattern.compile("actual rows=([0-9.]+) loops=(\\d+)");

    private final TestDatabase database = TestDatabase.postgres();
    private final JdbcStore store = JdbcStore.builder()
            .url(database.url() + "?reWriteBatchedInserts=true")
            .user(database.user())
            .open();

    /** Kind 7 and team 7 are one in a hundred, and five data sources are unhealthy. */
    @BeforeAll
    void insert() throws SQLException {
        for (int from = 0; from < SOURCES; from += BATCH) {
            List<ProposedChange> changes = new ArrayList<>();
            for (int i = from; i < from + BATCH; i++) {
                DataSourceSpec spec = new DataSourceSpec(
                        name(i), null, null, "kind" + i % 100, Map.of(), Map.of("team", "t" + i % 100), null);
                // ids in another order than names
                changes.add(new ProposedChange.Insert(
                        new DataSourceId("id" + (i * 7919L % SOURCES)), Requests.stamp(), spec));
            }
            store.commit(new CommitRequest(ENV, Requests.stamp(), null, changes, List.of()));
        }
        for (int i = 0; i < SOURCES; i += SOURCES / 5) {
            DataSourceId id = store.findByName(ENV, name(i)).orElseThrow().id();
            store.recordHealth(ENV, id, new HealthState(HealthStatus.UNHEALTHY, null, null, null));
        }
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE");
        }
    }

    @AfterAll
    void close() {
        store.close();
        database.close();
    }

    private static String name(int i) {
        return "n%06d".formatted(i);
    }

    @Test
    @DisplayName("a page of 100 reads as many rows at the end as at the beginning, by the indexes alone")
    void keyset() {
        String first = plan(PageQuery.first(100));
        String last = plan(PageQuery.first(100).after(name(SOURCES - 101)));

        for (String plan : List.of(first, last)) {
            assertThat(plan)
                    .doesNotContain("Seq Scan")
                    .contains("hw_data_source_name")
                    .contains("hw_commit_pkey");
            assertThat(rowsRead(plan)).isLessThanOrEqualTo(700);
        }
        assertThat(rowsRead(last)).isEqualTo(rowsRead(first));
        assertThat(page(PageQuery.first(100).after(name(SOURCES - 101))))
                .hasSize(100)
                .endsWith(name(SOURCES - 1));
    }

    @Test
    @DisplayName("a page by kind or health reads little more than it holds, and one by label less than the environment")
    void filters() {
        Map<PageQuery, Integer> most = Map.of(
                new PageQuery(Set.of("kind7"), Map.of(), Set.of(), name(50_000), 100), 700,
                new PageQuery(Set.of(), Map.of(), Set.of(HealthStatus.UNHEALTHY), null, 100), 700,
                new PageQuery(Set.of(), Map.of("team", "t7"), Set.of(), name(50_000), 100), 20_000,
                new PageQuery(Set.of("kind7", "kind8"), Map.of("team", "t8"), Set.of(), null, 100), 20_000);
        most.forEach((query, rows) -> {
            String plan = plan(query);
            assertThat(plan).doesNotContain("Seq Scan");
            assertThat(rowsRead(plan)).as(plan).isLessThanOrEqualTo(rows);
        });
        assertThat(page(new PageQuery(Set.of(), Map.of("team", "t7"), Set.of(), name(99_800), 100)))
                .containsExactly(name(99_807), name(99_907));
    }

    @Test
    @DisplayName("what stood at a commit is read page by page by an index")
    void standingAt() {
        assertThat(store.standingAt(ENV, SOURCES / 2, null, 100)).hasSize(100);
        assertThat(store.standingAt(ENV, SOURCES, new DataSourceId("id9999"), 10))
                .extracting(record -> record.id().value())
                .containsExactly(
                        "id99990", "id99991", "id99992", "id99993", "id99994", "id99995", "id99996", "id99997",
                        "id99998", "id99999");
    }

    private List<String> page(PageQuery query) {
        return store.page(ENV, query).stream().map(DataSourceRecord::name).toList();
    }

    /** The plan of a page, with values in place of the parameters. */
    private String plan(PageQuery query) {
        List<String> kinds = List.copyOf(query.kinds());
        List<Map.Entry<String, String>> labels = List.copyOf(query.labels().entrySet());
        List<String> values = new ArrayList<>();
        labels.forEach(label -> {
            values.add(label.getKey());
            values.add(label.getValue());
        });
        values.add(ENV.value());
        values.add(query.afterName() == null ? "" : query.afterName());
        values.addAll(kinds);
        String sql = SourceReader.pageSql(query, kinds, labels);
        for (String value : values) {
            sql = sql.replaceFirst("\\?", Matcher.quoteReplacement("'" + value + "'"));
        }
        return String.join("\n", Consistency.column(database.dataSource(), "EXPLAIN (ANALYZE, TIMING OFF) " + sql));
    }

    private static double rowsRead(String plan) {
        double rows = 0;
        Matcher nodes = ROWS.matcher(plan);
        while (nodes.find()) {
            rows += Double.parseDouble(nodes.group(1)) * Long.parseLong(nodes.group(2));
        }
        Matcher removed = Pattern.compile("Rows Removed by Filter: (\\d+)").matcher(plan);
        while (removed.find()) {
            rows += Long.parseLong(removed.group(1));
        }
        return rows;
    }
}
