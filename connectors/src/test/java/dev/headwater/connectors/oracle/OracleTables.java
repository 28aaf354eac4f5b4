package dev.headwater.connectors.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.UUID;
import org.h2.Driver;

/**
 * Tables that look like Oracle's views of its data dictionary, in H2 in its mode for Oracle, and a database that they speak
 * of. Their columns are those of Oracle's documents, as far as they are read.
 */
final class OracleTables {

    /** A user for whom the views are not there. */
    static final String NO_DICTIONARY = "BLIND";

    private static final String[] CATALOG = {
        "create table product_component_version (product varchar2(320), version varchar2(160))",
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
                + " column_name varchar2(128), position int)"
    };

    private static final String[] DATA = {
        "insert into product_component_version values ('Oracle Database 19c Enterprise Edition ', '19.0.0.0.0')",
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

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=Oracle;DB_CLOSE_DELAY=-1";

    OracleTables() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String[] part : new String[][] {CATALOG, DATA}) {
                for (String sql : part) {
                    statement.execute(sql);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return new Driver().connect(url, new Properties());
    }

    Connection connect(String user) throws SQLException {
        return user.equals(NO_DICTIONARY)
                ? new Driver().connect("jdbc:h2:mem:;MODE=Oracle", new Properties())
                : connect();
    }
}
