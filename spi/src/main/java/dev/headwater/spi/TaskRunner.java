package dev.headwater.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Does background work: the registry's side of a {@link TaskQueue}. Called by many threads at once. */
@FunctionalInterface
public interface TaskRunner {

    /**
     * Does a task once. Blocks until it is done, and not for ever: every task has a deadline. Never throws, unless the
     * process is beyond help; a queue that sees an exception tries again a minute later.
     *
     * @param task what to do
     * @param failures how often in a row it has failed before, as {@link Next#failures()} was last time; 0 at first
     * @return when to do it again
     */
    Next run(BackgroundTask task, int failures);

    /**
     * What follows a run.
     *
     * @param at when to do the task again, or null to forget it
     * @param failures how often in a row it has failed by now
     */
    record Next(@Nullable Instant at, int failures) {

        /** There is nothing more to do. */
        public static final Next NEVER = new Next(null, 0);

        /** Again at that time, after a run that did not fail. */
        public static Next at(Instant time) {
            return new Next(time, 0);
        }
    }
}
