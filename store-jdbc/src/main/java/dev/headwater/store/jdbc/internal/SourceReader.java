package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.HealthStatus;
import dev.headwater.spi.PageQuery;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads data sources as they stand now: {@code hw_data_source} says at which commit each stands, the log says how. */
public final class SourceReader {

    private static final String JOIN = " d JOIN hw_commit c ON c.environment = d.environment AND c.number = d.version ";

    /** The statement of {@link #findById}. */
    static final String BY_ID =
            "SELECT " + CommitRow.COLUMNS + " FROM hw_data_source" + JOIN + "WHERE d.environment = ? AND d.id = ?";

    private static final String BY_NAME =
            "SELECT " + CommitRow.COLUMNS + " FROM hw_data_source" + JOIN + "WHERE d.environment = ? AND d.name = ?";

    private final Database database;

    public SourceReader(Database database) {
        this.database = database;
    }

    public Optional<DataSourceRecord> findById(EnvironmentId environment, DataSourceId id) {
        return find(BY_ID, environment, id.value());
    }

    public Optional<DataSourceRecord> findByName(EnvironmentId environment, String name) {
        return storable(name) ? find(BY_NAME, environment, name) : Optional.empty();
    }

    private Optional<DataSourceRecord> find(String sql, EnvironmentId environment, String key) {
        return database.statements("read a data source", handle -> {
            try (PreparedStatement statement = database.prepare(handle, sql)) {
                statement.setString(1, environment.value());
                statement.setString(2, key);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(CommitRow.readRecord(rows, environment)) : Optional.empty();
                }
            }
        });
    }

    public List<DataSourceRecord> page(EnvironmentId environment, PageQuery query) {
        boolean possible = query.kinds().stream().allMatch(SourceReader::storable)
                && query.labels().keySet().stream().allMatch(SourceReader::storable)
                && query.labels().values().stream().allMatch(SourceReader::storable);
        if (!possible) {
            return List.of();
        }
        return database.statements("read a page of data sources", handle -> page(handle, environment, query));
    }

    private List<DataSourceRecord> page(Handle handle, EnvironmentId environment, PageQuery query) throws SQLException {
        List<String> kinds = List.copyOf(query.kinds());
        List<Map.Entry<String, String>> labels = List.copyOf(query.labels().entrySet());
        try (PreparedStatement statement = database.prepare(handle, pageSql(query, kinds, labels))) {
            int index = 1;
            for (Map.Entry<String, String> label : labels) {
                statement.setString(index++, label.getKey());
                statement.setString(index++, label.getValue());
            }
            statement.setString(index++, environment.value());
            statement.setString(index++, query.afterName() == null ? "" : query.afterName());
            if (!kinds.isEmpty()) {
                In.bind(statement, index, kinds);
            }
            List<DataSourceRecord> page = new ArrayList<>(Math.min(query.limit(), 128));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    page.add(CommitRow.readRecord(rows, environment));
                }
            }
            return List.copyOf(page);
        }
    }

    /**
     * The inner SELECT finds the page by indexes that hold the names in order, and only its rows are joined to the log.
     * Each label of the query is one more walk along {@code hw_label}, which has the names in order too. The order names
     * the environment, of which there is one, because H2 follows an index only if the order begins as the index does.
     */
    static String pageSql(PageQuery query, List<String> kinds, List<Map.Entry<String, String>> labels) {
        StringBuilder sql = new StringBuilder("SELECT ").append(CommitRow.COLUMNS);
        sql.append(" FROM (SELECT s.environment, s.name, s.version FROM hw_data_source s");
        for (int i = 0; i < labels.size(); i++) {
            String label = "l" + i;
            sql.append(" JOIN hw_label ").append(label);
            sql.append(" ON ").append(label).append(".environment = s.environment");
            sql.append(" AND ").append(label).append(".name = s.name");
            sql.append(" AND ").append(label).append(".label_key = ?");
            sql.append(" AND ").append(label).append(".label_value = ?");
        }
        sql.append(" WHERE s.environment = ? AND s.name > ?");
        if (!kinds.isEmpty()) {
            sql.append(" AND s.kind ").append(In.clause(kinds.size()));
        }
        if (!query.health().isEmpty()) {
            // names of an enum, so that the planner knows how rare they are
            sql.append(query.health().stream()
                    .sorted()
                    .map(HealthStatus::name)
                    .collect(Collectors.joining("', '", " AND s.health_status IN ('", "')")));
        }
        sql.append(" ORDER BY s.environment, s.name LIMIT ")
                .append(query.limit())
                .append(")")
                .append(JOIN)
                .append("ORDER BY d.name");
        return sql.toString();
    }

    /** Whether a text can be in a table at all. To ask for one that cannot is an error on one database, and on another finds what it should not. */
    private static boolean storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
