package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.StoreException;
import java.time.Instant;

/** Times as the tables hold them: microseconds since 1970, the same in every zone and on every database. */
final class Micros {

    private static final long PER_SECOND = 1_000_000;

    private Micros() {}

    static long of(Instant time) {
        try {
            // not ChronoUnit.MICROS.between, which counts in nanoseconds and so ends in the year 2262
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), PER_SECOND), time.getNano() / 1_000);
        } catch (ArithmeticException e) {
            throw new StoreException("a time is more than 292,000 years away from 1970");
        }
    }

    static Instant toInstant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1_000);
    }
}
