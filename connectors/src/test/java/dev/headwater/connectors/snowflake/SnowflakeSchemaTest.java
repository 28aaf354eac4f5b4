package dev.headwater.connectors.snowflake;

import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Reading the schema of Snowflake")
class SnowflakeSchemaTest {

    private static List<TableSchema> read(Map<String, Object> changes) {
        SnowflakeFixture fixture = new SnowflakeFixture();
        Map<String, Object> config = fixture.workingConfig();
        config.putAll(changes);
        try (ConnectorSession session = fixture.connector().open(target("snowflake", config))) {
            return session.readTables(100, ignored -> {}).tables();
        }
    }

    @Test
    @DisplayName("finds all kinds of tables, and not those of the information schema")
    void found() {
        assertThat(read(Map.of()))
                .extracting(table -> table.schema() + "." + table.name() + " " + table.type())
                .containsExactly(
                        "OTHER.FILES " + TableType.FOREIGN_TABLE,
                        "SALES.BIG " + TableType.VIEW,
                        "SALES.ORDERS " + TableType.TABLE,
                        "SALES.SUMS " + TableType.MATERIALIZED_VIEW);
    }

    @Test
    @DisplayName("keeps to the schema of the config")
    void schema() {
        assertThat(read(Map.of("schema", "SALES"))).hasSize(3);
        assertThat(read(Map.of("schema", "EMPTY"))).isEmpty();
    }

    @Test
    @DisplayName("tells columns in their order, with types, nulls and comments")
    void columns() {
        TableSchema orders = read(Map.of()).get(2);
        assertThat(orders.comment()).isEqualTo("All orders");
        assertThat(orders.columns())
                .containsExactly(
                        new ColumnSchema("ID", "NUMBER(38,0)", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("TOTAL", "NUMBER(12,2)", CanonicalType.DECIMAL, true, "In euro"),
                        new ColumnSchema("NOTE", "TEXT(20)", CanonicalType.TEXT, true, null),
                        new ColumnSchema("LONG_NOTE", "TEXT", CanonicalType.TEXT, true, null),
                        new ColumnSchema("MADE", "TIMESTAMP_NTZ", CanonicalType.TIMESTAMP, true, null),
                        new ColumnSchema("SENT", "TIMESTAMP_TZ", CanonicalType.TIMESTAMP_WITH_ZONE, true, null),
                        new ColumnSchema("DETAILS", "VARIANT", CanonicalType.JSON, true, null),
                        new ColumnSchema("TAGS", "ARRAY", CanonicalType.ARRAY, true, null),
                        new ColumnSchema("PLACE", "GEOGRAPHY", CanonicalType.GEOGRAPHY, true, null));
    }
}
