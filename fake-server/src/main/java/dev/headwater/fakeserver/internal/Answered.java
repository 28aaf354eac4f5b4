package dev.headwater.fakeserver.internal;

import java.time.Duration;

/** Hears of calls that were answered. */
@FunctionalInterface
public interface Answered {

    /**
     * Called after the answer was made.
     *
     * @param outcome a status such as {@code 200} or {@code NOT_FOUND}, or what else became of the call
     */
    void answered(Received call, String outcome, Duration took);
}
