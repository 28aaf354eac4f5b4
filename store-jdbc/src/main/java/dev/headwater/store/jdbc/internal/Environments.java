package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

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
