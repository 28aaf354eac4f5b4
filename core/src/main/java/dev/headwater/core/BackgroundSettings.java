package dev.headwater.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a registry does in the background, and how much of it at once. All nodes that share a task queue should have the same
 * settings. Intervals come up to a tenth shorter or longer, so that data sources made together are not always looked at
 * together.
 *
 * @param enabled whether anything is done in the background on this node
 * @param syncOnChange whether the schema of a data source is synced when it is made and when its config changes (as
 *     Basedash and DataBrain do)
 * @param syncEvery how often else it is synced, a second to a year; null for never
 * @param healthEvery how often its health is checked, a second to a year; null for never
 * @param reencryptEvery how often is looked for secrets that are not under the primary key, a minute to a year; null for never
 * @param historyRetention how long history is kept, from a day on; null for ever
 * @param atOnce how many tasks run at once on this node, 1 to 1,000
 * @param perEnvironment how many of these are of one environment, from 1
 * @param perDestination how many of these reach for one destination (a host, an account, a project), from 1
 */
public record BackgroundSettings(
        boolean enabled,
        boolean syncOnChange,
        @Nullable Duration syncEvery,
        @Nullable Duration healthEvery,
        @Nullable Duration reencryptEvery,
        @Nullable Duration historyRetention,
        int atOnce,
        int perEnvironment,
        int perDestination) {

    /** A day. */
    public static final Duration DEFAULT_SYNC_EVERY = Duration.ofDays(1);

    /** Five minutes. */
    public static final Duration DEFAULT_HEALTH_EVERY = Duration.ofMinutes(5);

    /** Tasks at once on a node. */
    public static final int DEFAULT_AT_ONCE = 8;

    /** Tasks at once of an environment on a node. */
    public static final int DEFAULT_PER_ENVIRONMENT = 4;

    /** Tasks at once for a destination on a node. */
    public static final int DEFAULT_PER_DESTINATION = 2;

    private static final Duration YEAR = Duration.ofDays(366);
    private static final int MOST_AT_ONCE = 1_000;

    /** @throws IllegalArgumentException naming all settings that are out of their range */
    public BackgroundSettings {
        List<String> problems = new ArrayList<>();
        range(problems, "syncEvery", syncEvery, Duration.ofSeconds(1));
        range(problems, "healthEvery", healthEvery, Duration.ofSeconds(1));
        range(problems, "reencryptEvery", reencryptEvery, Duration.ofMinutes(1));
        if (historyRetention != null && historyRetention.compareTo(Duration.ofDays(1)) < 0) {
            problems.add("historyRetention must be at least a day, is " + historyRetention);
        }
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            problems.add("atOnce must be 1 to " + MOST_AT_ONCE + ", is " + atOnce);
        }
        if (perEnvironment < 1) {
            problems.add("perEnvironment must be at least 1, is " + perEnvironment);
        }
        if (perDestination < 1) {
            problems.add("perDestination must be at least 1, is " + perDestination);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("background: " + String.join("; ", problems));
        }
    }

    private static void range(List<String> problems, String what, @Nullable Duration given, Duration least) {
        if (given != null && (given.compareTo(least) < 0 || given.compareTo(YEAR) > 0)) {
            problems.add(what + " must be " + least + " to " + YEAR + ", is " + given);
        }
    }

    /** The defaults: syncs on changes and once a day, health every five minutes. */
    public static BackgroundSettings defaults() {
        return new BackgroundSettings(
                true,
                true,
                DEFAULT_SYNC_EVERY,
                DEFAULT_HEALTH_EVERY,
                null,
                null,
                DEFAULT_AT_ONCE,
                DEFAULT_PER_ENVIRONMENT,
                DEFAULT_PER_DESTINATION);
    }

    /** Nothing is done in the background on this node. */
    public static BackgroundSettings off() {
        BackgroundSettings all = defaults();
        return new BackgroundSettings(
                false, false, null, null, null, null, all.atOnce, all.perEnvironment, all.perDestination);
    }

    /** These settings with another {@link #syncOnChange()}. */
    public BackgroundSettings withSyncOnChange(boolean sync) {
        return new BackgroundSettings(
                enabled,
                sync,
                syncEvery,
                healthEvery,
                reencryptEvery,
                historyRetention,
                atOnce,
                perEnvironment,
                perDestination);
    }

    /** These settings with another {@link #syncEvery()}. */
    public BackgroundSettings withSyncEvery(@Nullable Duration interval) {
        return new BackgroundSettings(
                enabled,
                syncOnChange,
                interval,
                healthEvery,
                reencryptEvery,
                historyRetention,
                atOnce,
                perEnvironment,
                perDestination);
    }

    /** These settings with another {@link #healthEvery()}. */
    public BackgroundSettings withHealthEvery(@Nullable Duration interval) {
        return new BackgroundSettings(
                enabled,
                syncOnChange,
                syncEvery,
                interval,
                reencryptEvery,
                historyRetention,
                atOnce,
                perEnvironment,
                perDestination);
    }

    /** These settings with another {@link #reencryptEvery()}. */
    public BackgroundSettings withReencryptEvery(@Nullable Duration interval) {
        return new BackgroundSettings(
                enabled,
                syncOnChange,
                syncEvery,
                healthEvery,
                interval,
                historyRetention,
                atOnce,
                perEnvironment,
                perDestination);
    }

    /** These settings with another {@link #historyRetention()}. */
    public BackgroundSettings withHistoryRetention(@Nullable Duration retention) {
        return new BackgroundSettings(
                enabled,
                syncOnChange,
                syncEvery,
                healthEvery,
                reencryptEvery,
                retention,
                atOnce,
                perEnvironment,
                perDestination);
    }

    /** These settings with other limits: {@link #atOnce()}, {@link #perEnvironment()} and {@link #perDestination()}. */
    public BackgroundSettings withLimits(int tasks, int ofEnvironment, int ofDestination) {
        return new BackgroundSettings(
                enabled,
                syncOnChange,
                syncEvery,
                healthEvery,
                reencryptEvery,
                historyRetention,
                tasks,
                ofEnvironment,
                ofDestination);
    }
}
