package dev.headwater.connectors.mssql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.UUID;
import org.h2.Driver;

/**
 * Tables that look like SQL Server's catalog views, in H2 in its mode for SQL Server, and a database that they speak of.
 * Their columns are those of Microsoft's documents, as far as they are read.
 */
final class MssqlTables {

    private static final String[] CATALOG = {
        "create schema sys",
        "create alias serverproperty as 'String f(String name) { return \"16.0.4135.4\"; }'",
        "create table sys.schemas (schema_id int, name varchar)",
        "create table sys.objects (object_id int, schema_id int, name varchar, type varchar(2), is_ms_shipped boolean)",
        "create table sys.tables (object_id int, is_external boolean)",
        "create table sys.columns (object_id int, column_id int, name varchar, system_type_id int, user_type_id int,"
                + " max_length smallint, precision tinyint, scale tinyint, is_nullable boolean)",
        "create table sys.types (name varchar, system_type_id int, user_type_id int, is_user_defined boolean)",
        "create table sys.indexes (object_id int, index_id int, is_primary_key boolean)",
        "create table sys.index_columns (object_id int, index_id int, column_id int, key_ordinal tinyint)",
        "create table sys.extended_properties (class int, major_id int, minor_id int, name varchar, [value] varchar)",
        "insert into sys.types values ('int', 56, 56, false), ('bit', 104, 104, false), ('decimal', 106, 106, false),"
                + " ('nvarchar', 231, 231, false), ('varchar', 167, 167, false), ('varbinary', 165, 165, false),"
                + " ('datetime2', 42, 42, false), ('datetimeoffset', 43, 43, false), ('geography', 240, 130, false),"
                + " ('uniqueidentifier', 36, 36, false), ('phone', 231, 257, true)"
    };

    private static final String[] DATA = {
        "insert into sys.schemas values (1, 'dbo'), (4, 'sys'), (5, 'sales')",
        "insert into sys.objects values (10, 5, 'orders', 'U', false), (11, 5, 'big', 'V', false),"
                + " (12, 1, 'files', 'U', false), (13, 4, 'shipped', 'U', true), (14, 5, 'pk', 'PK', false)",
        "insert into sys.tables values (10, false), (12, true), (13, false)",
        "insert into sys.columns values"
                + " (10, 1, 'id', 56, 56, 4, 10, 0, false),"
                + " (10, 2, 'region', 167, 167, 20, 0, 0, false),"
                + " (10, 3, 'total', 106, 106, 9, 12, 2, true),"
                + " (10, 4, 'note', 231, 231, 40, 0, 0, true),"
                + " (10, 5, 'photo', 165, 165, -1, 0, 0, true),"
                + " (10, 6, 'made', 42, 42, 8, 27, 7, true),"
                + " (10, 7, 'sent', 43, 43, 10, 34, 7, true),"
                + " (10, 8, 'phone', 231, 257, 40, 0, 0, true),"
                + " (10, 9, 'place', 240, 130, -1, 0, 0, true),"
                + " (10, 10, 'token', 36, 36, 16, 0, 0, true),"
                + " (10, 11, 'paid', 104, 104, 1, 1, 0, false),"
                + " (11, 1, 'id', 56, 56, 4, 10, 0, true)",
        "insert into sys.indexes values (10, 1, true), (10, 2, false)",
        "insert into sys.index_columns values (10, 1, 2, 1), (10, 1, 1, 2), (10, 2, 3, 1)",
        "insert into sys.extended_properties values (1, 10, 0, 'MS_Description', 'All orders'),"
                + " (1, 10, 3, 'MS_Description', 'In euro'), (1, 10, 4, 'other', 'not this'),"
                + " (7, 10, 1, 'MS_Description', 'an index')"
    };

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID()
            + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1";

    MssqlTables() {
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

    Connection connect() throws SQLException {
        return new Driver().connect(url, new Properties());
    }
}
