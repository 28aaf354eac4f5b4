package dev.headwater.connectors.snowflake;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.UUID;
import org.h2.Driver;

/** Tables in H2 that look like Snowflake's information schema, as far as it is read. */
final class SnowflakeTables {

    private static final String[] SCRIPT = {
        "create alias current_version as 'String f() { return \"9.31.0\"; }'",
        "create schema info",
        "create table info.tables (table_schema varchar, table_name varchar, table_type varchar, comment varchar)",
        "create table info.columns (table_schema varchar, table_name varchar, column_name varchar, ordinal_position int,"
                + " is_nullable varchar, data_type varchar, character_maximum_length int, numeric_precision int,"
                + " numeric_scale int, comment varchar)",
        "insert into info.tables values ('INFORMATION_SCHEMA', 'TABLES', 'VIEW', null),"
                + " ('SALES', 'ORDERS', 'BASE TABLE', 'All orders'), ('SALES', 'BIG', 'VIEW', null),"
                + " ('SALES', 'SUMS', 'MATERIALIZED VIEW', null), ('OTHER', 'FILES', 'EXTERNAL TABLE', null)",
        "insert into info.columns values"
                + " ('SALES', 'ORDERS', 'ID', 1, 'NO', 'NUMBER', null, 38, 0, null),"
                + " ('SALES', 'ORDERS', 'TOTAL', 2, 'YES', 'NUMBER', null, 12, 2, 'In euro'),"
                + " ('SALES', 'ORDERS', 'NOTE', 3, 'YES', 'TEXT', 20, null, null, null),"
                + " ('SALES', 'ORDERS', 'LONG_NOTE', 4, 'YES', 'TEXT', 16777216, null, null, null),"
                + " ('SALES', 'ORDERS', 'MADE', 5, 'YES', 'TIMESTAMP_NTZ', null, null, null, null),"
                + " ('SALES', 'ORDERS', 'SENT', 6, 'YES', 'TIMESTAMP_TZ', null, null, null, null),"
                + " ('SALES', 'ORDERS', 'DETAILS', 7, 'YES', 'VARIANT', null, null, null, null),"
                + " ('SALES', 'ORDERS', 'TAGS', 8, 'YES', 'ARRAY', null, null, null, null),"
                + " ('SALES', 'ORDERS', 'PLACE', 9, 'YES', 'GEOGRAPHY', null, null, null, null),"
                + " ('SALES', 'BIG', 'ID', 1, 'YES', 'NUMBER', null, 38, 0, null),"
                + " ('SALES', 'SUMS', 'TOTAL', 1, 'YES', 'FLOAT', null, null, null, null),"
                + " ('OTHER', 'FILES', 'VALUE', 1, 'YES', 'VARIANT', null, null, null, null)"
    };

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    SnowflakeTables() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : SCRIPT) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the query for H2, which has an information schema of its own} */
    static String translate(String sql, String schema) {
        return sql.replace("information_schema.", "info.").replace("current_schema()", "'" + schema + "'");
    }

    Connection connect() throws SQLException {
        return new Driver().connect(url, new Properties());
    }
}
