package dev.headwater.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The store's peer: the same statements in the same transactions, in plain JDBC, and no more than they need. It has no
 * errors of its own, no retry, and nothing for a connection that breaks. A test holds its statements to the store's.
 */
final class RawJdbc {

    private static final String COLUMNS = "c.number, c.data_source_id, c.type, c.written_at, c.author, c.payload";
    private static final String JOIN = " d JOIN hw_commit c ON c.environment = d.environment AND c.number = d.version ";
    private static final String BY_ID =
            "SELECT " + COLUMNS + " FROM hw_data_source" + JOIN + "WHERE d.environment = ? AND d.id = ?";
    private static final String BY_NAME =
            "SELECT " + COLUMNS + " FROM hw_data_source" + JOIN + "WHERE d.environment = ? AND d.name = ?";
    private static final String PAGE = "SELECT " + COLUMNS
            + " FROM (SELECT s.environment, s.name, s.version FROM hw_data_source s"
            + " WHERE s.environment = ? AND s.name > ? ORDER BY s.environment, s.name LIMIT 100)" + JOIN
            + "ORDER BY d.name";
    private static final String OFFSET_PAGE = "SELECT " + COLUMNS
            + " FROM (SELECT s.environment, s.name, s.version FROM hw_data_source s"
            + " WHERE s.environment = ? AND s.name > '' ORDER BY s.environment, s.name LIMIT 100 OFFSET ?)" + JOIN
            + "ORDER BY d.name";
    private static final String LOCK = "SELECT head, deployments FROM hw_environment WHERE environment = ? FOR UPDATE";
    private static final String TAKEN =
            "SELECT id, name, version FROM hw_data_source WHERE environment = ? AND id IN (?)"
                    + " UNION ALL SELECT id, name, version FROM hw_data_source WHERE environment = ? AND name IN (?)";
    private static final String LOG =
            "INSERT INTO hw_commit (environment, number, data_source_id, type, written_at, author, payload)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String HEAD =
            "INSERT INTO hw_data_source (environment, id, name, kind, version, health_status)"
                    + " VALUES (?, ?, ?, ?, ?, ?)";
    private static final String LABEL =
            "INSERT INTO hw_label (environment, label_key, label_value, name, data_source_id) VALUES (?, ?, ?, ?, ?)";
    private static final String SECRET =
            "INSERT INTO hw_sealed_secret (environment, id, data_source_id, field, key_id, ciphertext)"
                    + " VALUES (?, ?, ?, ?, ?, ?)";
    private static final String MOVE = "UPDATE hw_environment SET head = ? WHERE environment = ?";

    private final DataSource pool;
    private final int timeout;
    private final String lock;

    /** @param timeout the driver's timeout for each statement, in seconds; 0 to set none */
    RawJdbc(DataSource pool, Engine engine, int timeout) {
        this.pool = pool;
        this.timeout = timeout;
        this.lock = engine == Engine.H2 ? LOCK + " WAIT 30" : LOCK;
    }

    /** How a row is read. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** A row with its JSON as it stands there, which nobody can work with yet. */
    record Row(long version, String id, String type, long updatedAt, String updatedBy, String payload) {}

    static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), row.getString(5), row.getString(6));
    }

    static RawSource source(ResultSet row) throws SQLException {
        return RawJson.read(
                row.getString(6), row.getString(2), row.getLong(1), RawJson.instant(row.getLong(4)), row.getString(5));
    }

    <T> @Nullable T findById(String environment, String id, Reader<T> reader) throws SQLException {
        return find(BY_ID, environment, id, reader);
    }

    <T> @Nullable T findByName(String environment, String name, Reader<T> reader) throws SQLException {
        return find(BY_NAME, environment, name, reader);
    }

    private <T> @Nullable T find(String sql, String environment, String key, Reader<T> reader) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = prepare(connection, sql)) {
            statement.setString(1, environment);
            statement.setString(2, key);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? reader.read(rows) : null;
            }
        }
    }

    <T> List<T> page(String environment, String afterName, Reader<T> reader) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = prepare(connection, PAGE)) {
            statement.setString(1, environment);
            statement.setString(2, afterName);
            return all(statement, reader);
        }
    }

    <T> List<T> offsetPage(String environment, int offset, Reader<T> reader) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = prepare(connection, OFFSET_PAGE)) {
            statement.setString(1, environment);
            statement.setInt(2, offset);
            return all(statement, reader);
        }
    }

    private static <T> List<T> all(PreparedStatement statement, Reader<T> reader) throws SQLException {
        List<T> page = new ArrayList<>(100);
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                page.add(reader.read(rows));
            }
        }
        return page;
    }

    /**
     * Creates a data source with a password, in the environment, which is there.
     *
     * @return its version
     */
    long create(String environment, RawSource source, String secretId, String keyId, String ciphertext)
            throws SQLException {
        String payload = RawJson.write(source);
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                long number = lockAndRead(connection, environment) + 1;
                refuseIfTaken(connection, environment, source);
                log(connection, environment, number, source, payload);
                head(connection, environment, number, source);
                labels(connection, environment, source);
                secret(connection, environment, source, secretId, keyId, ciphertext);
                move(connection, environment, number);
                connection.commit();
                return number;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private long lockAndRead(Connection connection, String environment) throws SQLException {
        try (PreparedStatement statement = prepare(connection, lock)) {
            statement.setString(1, environment);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("no environment");
                }
                return rows.getLong(1);
            }
        }
    }

    private void refuseIfTaken(Connection connection, String environment, RawSource source) throws SQLException {
        try (PreparedStatement statement = prepare(connection, TAKEN)) {
            statement.setString(1, environment);
            statement.setString(2, source.id());
            statement.setString(3, environment);
            statement.setString(4, source.name());
            try (ResultSet rows = statement.executeQuery()) {
                if (rows.next()) {
                    throw new IllegalStateException("taken");
                }
            }
        }
    }

    private void log(Connection connection, String environment, long number, RawSource source, String payload)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, LOG)) {
            statement.setString(1, environment);
            statement.setLong(2, number);
            statement.setString(3, source.id());
            statement.setString(4, "INSERTED");
            statement.setLong(5, RawJson.micros(source.updatedAt()));
            statement.setString(6, source.updatedBy());
            statement.setString(7, payload);
            one(statement.executeUpdate());
        }
    }

    private void head(Connection connection, String environment, long number, RawSource source) throws SQLException {
        try (PreparedStatement statement = prepare(connection, HEAD)) {
            statement.setString(1, environment);
            statement.setString(2, source.id());
            statement.setString(3, source.name());
            statement.setString(4, source.kind());
            statement.setLong(5, number);
            statement.setString(6, "UNKNOWN");
            one(statement.executeUpdate());
        }
    }

    private void labels(Connection connection, String environment, RawSource source) throws SQLException {
        try (PreparedStatement statement = prepare(connection, LABEL)) {
            for (Map.Entry<String, String> label : source.labels().entrySet()) {
                statement.setString(1, environment);
                statement.setString(2, label.getKey());
                statement.setString(3, label.getValue());
                statement.setString(4, source.name());
                statement.setString(5, source.id());
                statement.addBatch();
            }
            for (int count : statement.executeBatch()) {
                one(count);
            }
        }
    }

    private void secret(
            Connection connection,
            String environment,
            RawSource source,
            String secretId,
            String keyId,
            String ciphertext)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, SECRET)) {
            statement.setString(1, environment);
            statement.setString(2, secretId);
            statement.setString(3, source.id());
            statement.setString(4, "password");
            statement.setString(5, keyId);
            statement.setString(6, ciphertext);
            one(statement.executeUpdate());
        }
    }

    private void move(Connection connection, String environment, long number) throws SQLException {
        try (PreparedStatement statement = prepare(connection, MOVE)) {
            statement.setLong(1, number);
            statement.setString(2, environment);
            one(statement.executeUpdate());
        }
    }

    private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        if (timeout > 0 && statement.getQueryTimeout() != timeout) {
            statement.setQueryTimeout(timeout);
        }
        return statement;
    }

    private static void one(int count) {
        if (count != 1) {
            throw new IllegalStateException("wrote " + count + " rows");
        }
    }
}
