package dev.headwater.connectors.mssql;

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

@DisplayName("Reading the schema of SQL Server")
class MssqlSchemaTest {

    private static List<TableSchema> tables;

    @BeforeAll
    static void read() {
        try (ConnectorSession session = Connectors.mssql().open(target("mssql", new MssqlFixture().workingConfig()))) {
            tables = session.readTables(100, ignored -> {}).tables();
            assertThat(session.readTables(100, ignored -> {}).tables()).isEqualTo(tables);
        }
    }

    @Test
    @DisplayName("finds tables, views and external tables, and none that SQL Server ships")
    void found() {
        assertThat(tables)
                .extracting(table -> table.schema() + "." + table.name() + " " + table.type())
                .containsExactly(
                        "dbo.files " + TableType.FOREIGN_TABLE,
                        "sales.big " + TableType.VIEW,
                        "sales.orders " + TableType.TABLE);
    }

    @Test
    @DisplayName(
            "tells columns in their order, with types as they are declared, nulls, comments and the key in key order")
    void columns() {
        TableSchema orders = tables.get(2);
        assertThat(orders.comment()).isEqualTo("All orders");
        assertThat(orders.primaryKey()).containsExactly("region", "id");
        assertThat(orders.columns())
                .containsExactly(
                        new ColumnSchema("id", "int", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("region", "varchar(20)", CanonicalType.TEXT, false, null),
                        new ColumnSchema("total", "decimal(12,2)", CanonicalType.DECIMAL, true, "In euro"),
                        new ColumnSchema("note", "nvarchar(20)", CanonicalType.TEXT, true, null),
                        new ColumnSchema("photo", "varbinary(max)", CanonicalType.BINARY, true, null),
                        new ColumnSchema("made", "datetime2(7)", CanonicalType.TIMESTAMP, true, null),
                        new ColumnSchema("sent", "datetimeoffset(7)", CanonicalType.TIMESTAMP_WITH_ZONE, true, null),
                        new ColumnSchema("phone", "phone", CanonicalType.TEXT, true, null),
                        new ColumnSchema("place", "geography", CanonicalType.GEOGRAPHY, true, null),
                        new ColumnSchema("token", "uniqueidentifier", CanonicalType.UUID, true, null),
                        new ColumnSchema("paid", "bit", CanonicalType.BOOLEAN, false, null));
    }
}
