package dev.headwater.spi;

import org.jspecify.annotations.Nullable;

/**
 * A piece of background work. There is one of each: to ask for it twice is to ask for it once. Names what is to be done and
 * never how, so it holds no secret.
 *
 * @param type what
 * @param environment whose; null for work that is not that of one environment
 * @param dataSource of which data source; null for work that is not that of one data source
 */
public record BackgroundTask(
        Type type,
        @Nullable EnvironmentId environment,
        @Nullable DataSourceId dataSource) {

    /** What there is to do. */
    public enum Type {
        /** Makes tasks of new commits. */
        PLANNING(Scope.REGISTRY),
        /** Looks through an environment for what is due, where tasks do not outlive the process. */
        SURVEY(Scope.ENVIRONMENT),
        /** Reads and stores the schema of a data source. */
        SCHEMA_SYNC(Scope.DATA_SOURCE),
        /** Tests a data source, and notes its health. */
        HEALTH_CHECK(Scope.DATA_SOURCE),
        /** Seals secrets anew that are not under the primary key. */
        REENCRYPTION(Scope.REGISTRY),
        /** Forgets commits that are older than the retention. */
        HISTORY_PURGE(Scope.REGISTRY);

        private final Scope scope;

        Type(Scope scope) {
            this.scope = scope;
        }
    }

    private enum Scope {
        REGISTRY,
        ENVIRONMENT,
        DATA_SOURCE
    }

    /** @throws IllegalArgumentException if the type is of another scope than the ids say */
    public BackgroundTask {
        if ((environment != null) != (type.scope != Scope.REGISTRY)
                || (dataSource != null) != (type.scope == Scope.DATA_SOURCE)) {
            throw new IllegalArgumentException(
                    "a task of type " + type + " is one of scope " + type.scope + ", which decides what ids it has");
        }
    }

    /** Work of the registry as a whole. */
    public static BackgroundTask of(Type type) {
        return new BackgroundTask(type, null, null);
    }

    /** Work of an environment. */
    public static BackgroundTask of(Type type, EnvironmentId environment) {
        return new BackgroundTask(type, environment, null);
    }

    /** Work of a data source. */
    public static BackgroundTask of(Type type, EnvironmentId environment, DataSourceId dataSource) {
        return new BackgroundTask(type, environment, dataSource);
    }
}
