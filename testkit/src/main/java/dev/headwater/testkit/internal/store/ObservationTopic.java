package dev.headwater.testkit.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.HealthStatus;
import dev.headwater.spi.Observations;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.SyncState;
import dev.headwater.spi.SyncStatus;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Health, schema sync, and snapshots of schemas. */
public abstract class ObservationTopic extends StoreTopic {

    private static final Instant AT = Instant.parse("2026-05-06T07:08:09.123456Z");
    private static final SyncState PENDING = new SyncState(SyncStatus.PENDING, AT, null, null);
    private static final SyncState SUCCESS = new SyncState(SyncStatus.SUCCESS, AT, AT.plusSeconds(1), null);
    private static final HealthState HEALTHY = new HealthState(HealthStatus.HEALTHY, AT, AT, null);

    protected ObservationTopic(StoreHooks hooks) {
        super(hooks);
    }

    private static SchemaSnapshot snapshot(String table) {
        List<ColumnSchema> columns = new ArrayList<>();
        for (CanonicalType type : CanonicalType.values()) {
            String comment = type == CanonicalType.TEXT ? "c \0 \ud83d\ude00 \ud83d" : null;
            columns.add(new ColumnSchema("c " + type, "numeric(12,2)", type, type == CanonicalType.JSON, comment));
        }
        List<TableSchema> tables = new ArrayList<>();
        for (TableType type : TableType.values()) {
            tables.add(
                    new TableSchema("cat", "sch", table + type, type, "about", columns, List.of("c TEXT", "c JSON")));
        }
        tables.add(new TableSchema(null, null, "", TableType.TABLE, null, List.of(), List.of()));
        return new SchemaSnapshot(AT, tables, true);
    }

    @Test
    @DisplayName("of what was never observed are none")
    void none() {
        inserted(A, "a");

        assertThat(store().observations(ENV, List.of(A, B))).isEmpty();
        assertThat(store().observations(ENV, List.of())).isEmpty();
        assertThat(store().schema(ENV, A)).isEmpty();
    }

    @Test
    @DisplayName("of sync and of health are kept side by side, each the latest")
    void sideBySide() {
        inserted(A, "a");
        inserted(B, "b");

        assertThat(store().recordSync(ENV, A, PENDING, null)).isTrue();
        assertThat(store().observations(ENV, List.of(A, B)))
                .hasSize(1)
                .containsEntry(A, new Observations(PENDING, HealthState.NEVER_TRIED));
        assertThat(store().recordHealth(ENV, A, HEALTHY)).isTrue();
        assertThat(store().recordHealth(ENV, A, HEALTHY)).isTrue();
        assertThat(store().recordSync(ENV, A, SUCCESS, null)).isTrue();
        assertThat(store().recordHealth(ENV, B, HEALTHY)).isTrue();

        assertThat(store().observations(ENV, List.of(A, B, C)))
                .hasSize(2)
                .containsEntry(A, new Observations(SUCCESS, HEALTHY))
                .containsEntry(B, new Observations(SyncState.NEVER_SYNCED, HEALTHY));
        assertThat(store().head(ENV)).isEqualTo(2);
    }

    @Test
    @DisplayName("hold texts and times as they are, at their bounds too")
    void bounds() {
        inserted(A, "a");
        String any = "\0 \n \ud83d \ud83d\ude00 ";
        SyncState sync =
                new SyncState(SyncStatus.FAILED, AT, AT, any + "\0".repeat(SyncState.MAX_ERROR_LENGTH - any.length()));
        HealthState health = new HealthState(
                HealthStatus.UNHEALTHY, AT, null, any + "\u65e5".repeat(HealthState.MAX_MESSAGE_LENGTH - any.length()));

        assertThat(store().recordSync(ENV, A, sync, null)).isTrue();
        assertThat(store().recordHealth(ENV, A, health)).isTrue();

        assertThat(store().observations(ENV, List.of(A))).containsEntry(A, new Observations(sync, health));
        assertThat(store().recordHealth(ENV, A, HealthState.NEVER_TRIED)).isTrue();
        assertThat(store().recordSync(ENV, A, SyncState.NEVER_SYNCED, null)).isTrue();
        assertThat(store().observations(ENV, List.of(A))).containsEntry(A, Observations.NONE);
    }

    @Test
    @DisplayName("of a schema are kept until there is a newer one")
    void schema() {
        inserted(A, "a");

        store().recordSync(ENV, A, SUCCESS, snapshot("t1"));
        assertThat(store().schema(ENV, A)).contains(snapshot("t1"));
        store().recordSync(ENV, A, PENDING, null);
        assertThat(store().schema(ENV, A)).contains(snapshot("t1"));
        store().recordSync(ENV, A, SUCCESS, snapshot("t2"));
        assertThat(store().schema(ENV, A)).contains(snapshot("t2"));
        assertThat(store().schema(OTHER_ENV, A)).isEmpty();
    }

    @Test
    @DisplayName("of a data source that is not there are not kept")
    void notThere() {
        inserted(A, "a");
        committed(delete(A, 1, "a"));

        for (DataSourceId id : List.of(A, B)) {
            assertThat(store().recordSync(ENV, id, SUCCESS, snapshot("t"))).isFalse();
            assertThat(store().recordHealth(ENV, id, HEALTHY)).isFalse();
            assertThat(store().schema(ENV, id)).isEmpty();
        }
        committed(insert(A, "a"));
        committed(insert(B, "b"));
        assertThat(store().observations(ENV, List.of(A, B))).isEmpty();
        assertThat(store().schema(ENV, A)).isEmpty();
        assertThat(store().recordHealth(OTHER_ENV, A, HEALTHY)).isFalse();
    }

    @Test
    @DisplayName("stay when the data source is updated, and go when it is deleted")
    void goWithTheSource() {
        inserted(A, "a");
        store().recordSync(ENV, A, SUCCESS, snapshot("t"));
        store().recordHealth(ENV, A, HEALTHY);

        committed(rename(A, 1, "a2"));
        assertThat(store().observations(ENV, List.of(A))).containsEntry(A, new Observations(SUCCESS, HEALTHY));
        assertThat(store().schema(ENV, A)).isPresent();

        committed(delete(A, 2, "a2"));
        assertThat(store().observations(ENV, List.of(A))).isEmpty();
        assertThat(store().schema(ENV, A)).isEmpty();

        committed(insert(A, "a"));
        assertThat(store().observations(ENV, List.of(A))).isEmpty();
        assertThat(store().schema(ENV, A)).isEmpty();
    }

    @Test
    @DisplayName("are read of many data sources at once")
    void many() {
        List<ProposedChange> inserts = new ArrayList<>();
        List<DataSourceId> ids = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            DataSourceId id = DataSourceId.of("many-" + i);
            ids.add(id);
            inserts.add(insert(id, id.value()));
        }
        committed(inserts.toArray(ProposedChange[]::new));
        for (int i = 0; i < 300; i += 3) {
            store().recordHealth(ENV, ids.get(i), HEALTHY);
        }

        assertThat(store().observations(ENV, ids)).hasSize(100).containsKey(ids.get(297));
    }
}
