package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.EnvironmentHead;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** The rows of {@code hw_environment}. Whoever writes to an environment locks its row first, which makes writers take turns. */
public final class Environments {

    private static final String INSERT = "INSERT INTO hw_environment (environment, head, deployments) VALUES (?, 0, 0)";

    /** Where an environment's counters stand. */
    record Counters(long head, long deployments) {}

    private final Database database;
    private final String lock;
    private final Set<EnvironmentId> known = ConcurrentHashMap.newKeySet();

    public Environments(Database database) {
        this.database = database;
        this.lock = "SELECT head, deployments FROM hw_environment WHERE environment = ? " + database.forUpdate();
    }

    /** {@return how far the log has come} */
    EnvironmentHead head(EnvironmentId environment) {
        return heads(List.of(environment)).getOrDefault(environment, EnvironmentHead.NONE);
    }

    public Map<EnvironmentId, EnvironmentHead> heads(Collection<EnvironmentId> environments) {
        if (environments.isEmpty()) {
            return Map.of();
        }
        List<String> values = environments.stream().map(EnvironmentId::value).toList();
        return database.statements("read the heads of environments", handle -> {
            Map<EnvironmentId, EnvironmentHead> heads = new HashMap<>();
            for (List<String> part : In.parts(values)) {
                String sql = "SELECT environment, head, deployments, forgotten FROM hw_environment WHERE environment "
                        + In.clause(part.size());
                try (PreparedStatement statement = database.prepare(handle, sql)) {
                    In.bind(statement, 1, part);
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            heads.put(
                                    EnvironmentId.of(rows.getString(1)),
                                    new EnvironmentHead(rows.getLong(2), rows.getLong(3), rows.getLong(4)));
                        }
                    }
                }
            }
            return heads;
        });
    }

    public Map<EnvironmentId, Long> unplanned(int limit) {
        return database.statements("look for new commits", handle -> {
            Map<EnvironmentId, Long> found = new LinkedHashMap<>();
            handle.createQuery("SELECT environment, planned FROM hw_environment WHERE head > planned"
                            + " ORDER BY environment LIMIT " + limit)
                    .map((row, context) -> Map.entry(EnvironmentId.of(row.getString(1)), row.getLong(2)))
                    .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
            return found;
        });
    }

    public void planned(EnvironmentId environment, long number) {
        database.writes(
                "note what is planned",
                handle -> handle.createUpdate("UPDATE hw_environment SET planned = :number"
                                + " WHERE environment = :environment AND planned < :number")
                        .bind("environment", environment.value())
                        .bind("number", number)
                        .execute());
    }

    public List<EnvironmentId> list(@Nullable EnvironmentId after, int limit) {
        return database.statements(
                "list environments",
                handle -> handle.createQuery("SELECT environment FROM hw_environment WHERE environment > :after"
                                + " ORDER BY environment LIMIT " + limit)
                        .bind("after", after == null ? "" : after.value())
                        .map((row, context) -> EnvironmentId.of(row.getString(1)))
                        .list());
    }

    /**
     * Makes sure that the row is there. Not part of the transaction that follows, because PostgreSQL would end that one
     * if two nodes insert the row at once. Rows are never deleted.
     */
    void ensure(EnvironmentId environment) {
        if (known.contains(environment)) {
            return;
        }
        boolean there = database.statements("look for an environment", handle -> exists(handle, environment));
        if (!there) {
            database.writes("add an environment", handle -> {
                insert(handle, environment);
                return environment;
            });
        }
        known.add(environment);
    }

    private static boolean exists(Handle handle, EnvironmentId environment) {
        return handle.createQuery("SELECT 1 FROM hw_environment WHERE environment = :environment")
                .bind("environment", environment.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static void insert(Handle handle, EnvironmentId environment) {
        try {
            handle.execute(INSERT, environment.value());
        } catch (JdbiException e) {
            if (!(Failures.constraint(e) && exists(handle, environment))) {
                throw e;
            }
        }
    }

    Counters lock(Handle handle, EnvironmentId environment) throws SQLException {
        try (PreparedStatement statement = database.prepare(handle, lock)) {
            statement.setString(1, environment.value());
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new StoreException("the row of an environment was deleted from hw_environment");
                }
                return new Counters(rows.getLong(1), rows.getLong(2));
            }
        }
    }
}
