package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.EnvironmentId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Forgets what is old of {@code hw_commit}, and of {@code hw_deployment} and {@code hw_sealed_secret} with it. */
public final class HistoryTable {

    /** How many numbers of the log one transaction goes on, so that writers never wait for long. */
    static final int STEP = 1_000;

    private static final String OF_SOURCE =
            "SELECT payload FROM hw_commit WHERE environment = ? AND data_source_id = ?";

    private final Database database;
    private final Environments environments;

    public HistoryTable(Database database, Environments environments) {
        this.database = database;
        this.environments = environments;
    }

    private record Step(long removed, boolean more) {}

    private record Doomed(List<Long> numbers, Set<String> sources, Set<String> secrets) {}

    public long forgetBefore(EnvironmentId environment, Instant before) {
        if (environments.head(environment).commit() == 0) {
            return 0;
        }
        long removed = 0;
        Step step;
        do {
            Database.Work<Step> work = handle -> step(handle, environment, before);
            step = database.transaction("forget history", work, handle -> Optional.of(work.on(handle)));
            removed += step.removed();
        } while (step.more());
        return removed;
    }

    private Step step(Handle handle, EnvironmentId environment, Instant before) throws SQLException {
        Environments.Counters counters = environments.lock(handle, environment);
        long forgotten = handle.createQuery("SELECT forgotten FROM hw_environment WHERE environment = :environment")
                .bind("environment", environment.value())
                .mapTo(Long.class)
                .one();
        long target = target(handle, environment, counters, before);
        long horizon = Math.min(target, forgotten + STEP);
        if (horizon <= forgotten) {
            return new Step(0, false);
        }
        Doomed doomed = doomed(handle, environment, horizon);
        delete(handle, "DELETE FROM hw_commit WHERE environment = ? AND number = ?", environment, doomed.numbers());
        for (String source : doomed.sources()) {
            doomed.secrets().removeAll(named(handle, environment, source));
        }
        delete(handle, "DELETE FROM hw_sealed_secret WHERE environment = ? AND id = ?", environment, doomed.secrets());
        handle.createUpdate("DELETE FROM hw_deployment WHERE environment = :environment AND commit_number < :horizon")
                .bind("environment", environment.value())
                .bind("horizon", horizon)
                .execute();
        handle.createUpdate("UPDATE hw_environment SET forgotten = :horizon WHERE environment = :environment")
                .bind("environment", environment.value())
                .bind("horizon", horizon)
                .execute();
        return new Step(doomed.numbers().size(), horizon < target);
    }

    private static long target(
            Handle handle, EnvironmentId environment, Environments.Counters counters, Instant before) {
        long young = handle.createQuery("SELECT MIN(number) FROM hw_commit WHERE environment = :environment"
                        + " AND written_at >= :before")
                .bind("environment", environment.value())
                .bind("before", Micros.of(before))
                .mapTo(Long.class)
                .findOne()
                .orElse(counters.head() + 1);
        long deployed = handle.createQuery("SELECT commit_number FROM hw_deployment WHERE environment = :environment"
                        + " AND number = :number")
                .bind("environment", environment.value())
                .bind("number", counters.deployments())
                .mapTo(Long.class)
                .findOne()
                .orElse(Long.MAX_VALUE);
        return Math.min(young - 1, deployed);
    }

    /** The commits at which nothing stood at the horizon, and the secrets that they name. */
    private Doomed doomed(Handle handle, EnvironmentId environment, long horizon) throws SQLException {
        String sql = "SELECT c.number, c.data_source_id, c.payload FROM hw_commit c WHERE c.environment = ?"
                + " AND c.number <= ? AND (c.type = '" + CommitRow.DELETED + "' OR EXISTS (SELECT 1 FROM hw_commit n"
                + " WHERE n.environment = c.environment AND n.data_source_id = c.data_source_id"
                + " AND n.number > c.number AND n.number <= ?))";
        Doomed doomed = new Doomed(new ArrayList<>(), new HashSet<>(), new HashSet<>());
        try (PreparedStatement statement = database.prepare(handle, sql)) {
            statement.setString(1, environment.value());
            statement.setLong(2, horizon);
            statement.setLong(3, horizon);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    doomed.numbers().add(rows.getLong(1));
                    doomed.sources().add(rows.getString(2));
                    doomed.secrets().addAll(secrets(rows.getString(3)));
                }
            }
        }
        return doomed;
    }

    private Set<String> named(Handle handle, EnvironmentId environment, String source) throws SQLException {
        Set<String> named = new HashSet<>();
        try (PreparedStatement statement = database.prepare(handle, OF_SOURCE)) {
            statement.setString(1, environment.value());
            statement.setString(2, source);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    named.addAll(secrets(rows.getString(1)));
                }
            }
        }
        return named;
    }

    private static Set<String> secrets(String payload) {
        Set<String> ids = new HashSet<>();
        var spec = PayloadJson.read(payload).spec();
        if (spec != null) {
            spec.config().values().forEach(value -> {
                if (value instanceof ConfigValue.SecretLiteral literal) {
                    ids.add(literal.secret().value());
                }
            });
        }
        return ids;
    }

    private void delete(Handle handle, String sql, EnvironmentId environment, Iterable<?> keys) throws SQLException {
        try (PreparedStatement statement = database.prepare(handle, sql)) {
            for (Object key : keys) {
                statement.setString(1, environment.value());
                statement.setObject(2, key);
                statement.addBatch();
            }
            int[] unused = statement.executeBatch();
        }
    }
}
