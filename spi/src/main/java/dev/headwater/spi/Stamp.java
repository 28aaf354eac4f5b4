package dev.headwater.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When something was written, and by whom.
 *
 * @param at the time, cut to microseconds, the finest that all stores keep
 * @param by the {@linkplain Caller#id() caller's id}
 */
public record Stamp(Instant at, String by) {

    /** @throws IllegalArgumentException if {@code by} is no caller id */
    public Stamp {
        at = at.truncatedTo(ChronoUnit.MICROS);
        Checks.text("caller id", by, Caller.MAX_LENGTH);
    }
}
