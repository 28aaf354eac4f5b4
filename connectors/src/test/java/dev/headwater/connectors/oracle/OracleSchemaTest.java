package dev.headwater.connectors.oracle;

import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Reading the schema of Oracle")
class OracleSchemaTest {

    private static List<TableSchema> tables;

    @BeforeAll
    static void read() {
        try (ConnectorSession session =
                Connectors.oracle().open(target("oracle", new OracleFixture().workingConfig()))) {
            tables = session.readTables(100, ignored -> {}).tables();
            assertThat(session.readTables(100, ignored -> {}).tables()).isEqualTo(tables);
        }
    }

    @Test
    @DisplayName(
            "finds tables, views, materialized views and external tables, and none that are Oracle's, parts or dropped")
    void found() {
        assertThat(tables)
                .extracting(table -> table.schema() + "." + table.name() + " " + table.type())
                .containsExactly(
                        "SALES.BIG " + TableType.VIEW,
                        "SALES.FILES " + TableType.FOREIGN_TABLE,
                        "SALES.ORDERS " + TableType.TABLE,
                        "SALES.SUMS " + TableType.MATERIALIZED_VIEW);
    }

    @Test
    @DisplayName("tells columns in their order, with types, nulls, comments and the key in key order")
    void columns() {
        TableSchema orders = tables.get(2);
        assertThat(orders.comment()).isEqualTo("All orders");
        assertThat(orders.primaryKey()).containsExactly("REGION", "ID");
        assertThat(orders.columns())
                .containsExactly(
                        new ColumnSchema("ID", "INTEGER", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("REGION", "VARCHAR2(20)", CanonicalType.TEXT, false, null),
                        new ColumnSchema("TOTAL", "NUMBER(12,2)", CanonicalType.DECIMAL, true, "In euro"),
                        new ColumnSchema("RATIO", "NUMBER", CanonicalType.DECIMAL, true, null),
                        new ColumnSchema("MADE", "DATE", CanonicalType.TIMESTAMP, true, null),
                        new ColumnSchema(
                                "SENT", "TIMESTAMP(6) WITH TIME ZONE", CanonicalType.TIMESTAMP_WITH_ZONE, true, null),
                        new ColumnSchema("TOKEN", "RAW(16)", CanonicalType.BINARY, true, null),
                        new ColumnSchema("AGE", "INTERVAL DAY(2) TO SECOND(6)", CanonicalType.INTERVAL, true, null),
                        new ColumnSchema("PLACE", "SDO_GEOMETRY", CanonicalType.GEOGRAPHY, true, null));
    }
}
