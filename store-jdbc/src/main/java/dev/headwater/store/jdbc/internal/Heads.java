package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.ProposedChange;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code hw_data_source} that matter to a request: those of its data sources, and those that have the names
 * that it wants. Read under the lock, so they stay as they are until the transaction ends.
 */
final class Heads {

    private record Row(String name, long version) {}

    private final Map<DataSourceId, Row> rows = new HashMap<>();
    private final Map<String, DataSourceId> holders = new HashMap<>();

    private Heads() {}

    static Heads read(Database database, Handle handle, CommitRequest request) throws SQLException {
        Heads heads = new Heads();
        for (List<ProposedChange> part : In.parts(request.changes())) {
            heads.read(database, handle, request, part);
        }
        return heads;
    }

    private void read(Database database, Handle handle, CommitRequest request, List<ProposedChange> changes)
            throws SQLException {
        List<String> ids =
                changes.stream().map(change -> change.dataSource().value()).toList();
        List<String> names = new ArrayList<>();
        for (ProposedChange change : changes) {
            String name = nameAfter(change);
            if (name != null) {
                names.add(name);
            }
        }
        String select = "SELECT id, name, version FROM hw_data_source WHERE environment = ? AND ";
        String sql = select + "id " + In.clause(ids.size());
        if (!names.isEmpty()) {
            sql += " UNION ALL " + select + "name " + In.clause(names.size());
        }
        try (PreparedStatement statement = database.prepare(handle, sql)) {
            statement.setString(1, request.environment().value());
            int next = In.bind(statement, 2, ids);
            if (!names.isEmpty()) {
                statement.setString(next, request.environment().value());
                In.bind(statement, next + 1, names);
            }
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    DataSourceId id = new DataSourceId(found.getString(1));
                    Row row = new Row(found.getString(2), found.getLong(3));
                    rows.put(id, row);
                    holders.put(row.name(), id);
                }
            }
        }
    }

    /** What speaks against the request, of its earliest change first; null if nothing does. */
    @Nullable
    CommitOutcome refusal(CommitRequest request) {
        Set<DataSourceId> touched = new HashSet<>();
        request.changes().forEach(change -> touched.add(change.dataSource()));
        Map<String, DataSourceId> wanted = new HashMap<>();
        for (ProposedChange change : request.changes()) {
            CommitOutcome conflict = conflict(change);
            if (conflict != null) {
                return conflict;
            }
            String name = nameAfter(change);
            if (name == null) {
                continue;
            }
            DataSourceId earlier = wanted.putIfAbsent(name, change.dataSource());
            if (earlier != null) {
                return new CommitOutcome.NameTaken(name, earlier);
            }
            DataSourceId holder = holders.get(name);
            if (holder != null && !touched.contains(holder)) {
                return new CommitOutcome.NameTaken(name, holder);
            }
        }
        return null;
    }

    private @Nullable CommitOutcome conflict(ProposedChange change) {
        Row row = rows.get(change.dataSource());
        if (change instanceof ProposedChange.Insert) {
            return row == null ? null : new CommitOutcome.VersionConflict(change.dataSource(), 0, row.version());
        }
        if (row == null) {
            return new CommitOutcome.Gone(change.dataSource());
        }
        long expected = change instanceof ProposedChange.Update update
                ? update.expectedVersion()
                : ((ProposedChange.Delete) change).expectedVersion();
        return expected == row.version()
                ? null
                : new CommitOutcome.VersionConflict(change.dataSource(), expected, row.version());
    }

    /** The data sources whose present names the request gives to others. */
    Set<DataSourceId> inTheWay(CommitRequest request) {
        Set<DataSourceId> inTheWay = new HashSet<>();
        for (ProposedChange change : request.changes()) {
            String name = nameAfter(change);
            DataSourceId holder = name == null ? null : holders.get(name);
            if (holder != null && !holder.equals(change.dataSource())) {
                inTheWay.add(holder);
            }
        }
        return inTheWay;
    }

    private static @Nullable String nameAfter(ProposedChange change) {
        if (change instanceof ProposedChange.Insert insert) {
            return insert.spec().name();
        }
        return change instanceof ProposedChange.Update update ? update.spec().name() : null;
    }
}
