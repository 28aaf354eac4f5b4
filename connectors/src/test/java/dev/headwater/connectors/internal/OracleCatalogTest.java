package dev.headwater.connectors.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.internal.oracle.OracleKind;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.h2.Driver;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** On tables in H2, in its mode for Oracle, that look like the data dictionary as far as it is read. */
@DisplayName("Reading the schema of Oracle")
class OracleCatalogTest {

    private static final String[] SCRIPT = {
        "create table all_users (username varchar2(128), oracle_maintained varchar2(1))",
        "create table all_tables (owner varchar2(128), table_name varchar2(128), nested varchar2(3),"
                + " secondary varchar2(1), dropped varchar2(3), iot_type varchar2(12))",
        "create table all_views (owner varchar2(128), view_name varchar2(128))",
        "create table all_mviews (owner varchar2(128), mview_name varchar2(128))",
        "create table all_external_tables (owner varchar2(128), table_name varchar2(128))",
        "create table all_tab_columns (owner varchar2(128), table_name varchar2(128), column_name varchar2(128),"
                + " data_type varchar2(128), data_length int, data_precision int, data_scale int,"
                + " char_length int, nullable varchar2(1), column_id int)",
        "create table all_tab_comments (owner varchar2(128), table_name varchar2(128), comments varchar2(4000))",
        "create table all_col_comments (owner varchar2(128), table_name varchar2(128), column_name varchar2(128),"
                + " comments varchar2(4000))",
        "create table all_constraints (owner varchar2(128), table_name varchar2(128), constraint_name varchar2(128),"
                + " constraint_type varchar2(1))",
        "create table all_cons_columns (owner varchar2(128), table_name varchar2(128), constraint_name varchar2(128),"
                + " column_name varchar2(128), position int)",
        "insert into all_users values ('SALES', 'N'), ('SYS', 'Y')",
        "insert into all_tables values ('SALES', 'ORDERS', 'NO', 'N', 'NO', null), ('SALES', 'SUMS', 'NO', 'N', 'NO', null),"
                + " ('SALES', 'FILES', 'NO', 'N', 'NO', null), ('SALES', 'LINES', 'YES', 'N', 'NO', null),"
                + " ('SALES', 'BIN$1', 'NO', 'N', 'YES', null), ('SALES', 'SYS_IOT_OVER', 'NO', 'N', 'NO', 'IOT_OVERFLOW'),"
                + " ('SYS', 'USER$', 'NO', 'N', 'NO', null)",
        "insert into all_views values ('SALES', 'BIG'), ('SYS', 'ALL_TABLES')",
        "insert into all_mviews values ('SALES', 'SUMS')",
        "insert into all_external_tables values ('SALES', 'FILES')",
        "insert into all_tab_comments values ('SALES', 'ORDERS', 'All orders'), ('SALES', 'BIG', null)",
        "insert into all_col_comments values ('SALES', 'ORDERS', 'TOTAL', 'In euro')",
        "insert into all_constraints values ('SALES', 'ORDERS', 'PK', 'P'), ('SALES', 'ORDERS', 'U', 'U')",
        "insert into all_cons_columns values ('SALES', 'ORDERS', 'PK', 'REGION', 1), ('SALES', 'ORDERS', 'PK', 'ID', 2),"
                + " ('SALES', 'ORDERS', 'U', 'TOTAL', 1)",
        "insert into all_tab_columns values ('SALES', 'ORDERS', 'ID', 'NUMBER', 22, null, 0, 0, 'N', 1),"
                + " ('SALES', 'ORDERS', 'REGION', 'VARCHAR2', 80, null, null, 20, 'N', 2),"
                + " ('SALES', 'ORDERS', 'TOTAL', 'NUMBER', 22, 12, 2, 0, 'Y', 3),"
                + " ('SALES', 'ORDERS', 'RATIO', 'NUMBER', 22, null, null, 0, 'Y', 4),"
                + " ('SALES', 'ORDERS', 'MADE', 'DATE', 7, null, null, 0, 'Y', 5),"
                + " ('SALES', 'ORDERS', 'SENT', 'TIMESTAMP(6) WITH TIME ZONE', 13, null, 6, 0, 'Y', 6),"
                + " ('SALES', 'ORDERS', 'TOKEN', 'RAW', 16, null, null, 0, 'Y', 7),"
                + " ('SALES', 'ORDERS', 'AGE', 'INTERVAL DAY(2) TO SECOND(6)', 11, 2, 6, 0, 'Y', 8),"
                + " ('SALES', 'ORDERS', 'PLACE', 'SDO_GEOMETRY', 1, null, null, 0, 'Y', 9),"
                + " ('SALES', 'BIG', 'ID', 'NUMBER', 22, null, 0, 0, 'Y', 1)"
    };

    private static TableList read(int maxTables) throws SQLException {
        OracleKind kind = new OracleKind();
        try (Connection connection = new Driver().connect("jdbc:h2:mem:;MODE=Oracle", new Properties())) {
            try (Statement statement = connection.createStatement()) {
                for (String sql : SCRIPT) {
                    statement.execute(sql);
                }
            }
            JdbcKind.CatalogQuery query = kind.catalogQuery(ResolvedConfig.of(Map.of()), maxTables + 1L);
            try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
                for (int i = 0; i < query.parameters().size(); i++) {
                    statement.setObject(i + 1, query.parameters().get(i));
                }
                return new CatalogReader(kind, maxTables, ignored -> {}).read(statement);
            }
        }
    }

    @Test
    @DisplayName(
            "finds tables, views, materialized views and external tables, and none that are Oracle's, parts or dropped")
    void found() throws SQLException {
        TableList list = read(100);
        assertThat(list.truncated()).isFalse();
        assertThat(list.tables())
                .extracting(table -> table.schema() + "." + table.name() + " " + table.type())
                .containsExactly(
                        "SALES.BIG " + TableType.VIEW,
                        "SALES.FILES " + TableType.FOREIGN_TABLE,
                        "SALES.ORDERS " + TableType.TABLE,
                        "SALES.SUMS " + TableType.MATERIALIZED_VIEW);
        assertThat(read(2).truncated()).isTrue();
    }

    @Test
    @DisplayName("tells columns in their order, with types, nulls, comments and the key in key order")
    void columns() throws SQLException {
        TableSchema orders = read(100).tables().get(2);
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
