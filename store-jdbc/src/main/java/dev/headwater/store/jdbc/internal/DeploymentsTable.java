package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.Deployment;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.Stamp;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code hw_deployment}. */
public final class DeploymentsTable {

    private final Database database;
    private final Environments environments;

    public DeploymentsTable(Database database, Environments environments) {
        this.database = database;
        this.environments = environments;
    }

    public Deployment deploy(EnvironmentId environment, Stamp stamp) {
        environments.ensure(environment);
        AtomicReference<@Nullable Deployment> tried = new AtomicReference<>();
        return database.transaction(
                "deploy",
                handle -> {
                    Environments.Counters counters = environments.lock(handle, environment);
                    Deployment next = new Deployment(environment, counters.deployments() + 1, counters.head(), stamp);
                    tried.set(next);
                    insert(handle, next);
                    return next;
                },
                handle -> {
                    environments.lock(handle, environment);
                    Deployment wanted = tried.get();
                    return wanted == null
                            ? Optional.empty()
                            : list(handle, environment, wanted.number() + 1, 1).stream()
                                    .filter(wanted::equals)
                                    .findFirst();
                });
    }

    private static void insert(Handle handle, Deployment deployment) {
        handle.createUpdate("INSERT INTO hw_deployment (environment, number, commit_number, written_at, author)"
                        + " VALUES (:environment, :number, :commit, :at, :by)")
                .bind("environment", deployment.environment().value())
                .bind("number", deployment.number())
                .bind("commit", deployment.commit())
                .bind("at", Micros.of(deployment.stamp().at()))
                .bind("by", deployment.stamp().by())
                .execute();
        handle.createUpdate("UPDATE hw_environment SET deployments = :number WHERE environment = :environment")
                .bind("number", deployment.number())
                .bind("environment", deployment.environment().value())
                .execute();
    }

    public List<Deployment> list(EnvironmentId environment, long before, int limit) {
        return database.statements("read deployments", handle -> list(handle, environment, before, limit));
    }

    private static List<Deployment> list(Handle handle, EnvironmentId environment, long before, int limit) {
        return handle.createQuery("SELECT number, commit_number, written_at, author FROM hw_deployment"
                        + " WHERE environment = :environment AND number < :before"
                        + " ORDER BY number DESC LIMIT " + limit)
                .bind("environment", environment.value())
                .bind("before", before)
                .map((row, context) ->
                        new Deployment(environment, row.getLong(1), row.getLong(2), CommitRow.stamp(row, 3)))
                .list();
    }
}
