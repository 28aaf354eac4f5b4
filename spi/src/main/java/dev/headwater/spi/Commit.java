package dev.headwater.spi;

import org.jspecify.annotations.Nullable;

/**
 * One entry of an environment's log. Entries are numbered 1, 2, 3 … without gaps and never change.
 *
 * @param environment whose log
 * @param number its place in the log, from 1
 * @param stamp when, and by whom
 * @param message why, or null
 * @param change what
 */
public record Commit(
        EnvironmentId environment,
        long number,
        Stamp stamp,
        @Nullable String message,
        Change change) {

    /** @throws IllegalArgumentException if the number is less than 1 */
    public Commit {
        Checks.atLeast("commit number", number, 1);
    }
}
