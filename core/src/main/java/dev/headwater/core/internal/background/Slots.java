package dev.headwater.core.internal.background;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How many tasks run at once in one place: an environment, or a destination. Who comes when a place is full is told when
 * to come again. Each gets a time of its own, by how long the ones before took: however many are due at once, they do not
 * all come back together. Safe for use by many threads.
 */
public final class Slots {

    /** Nobody is sent away for longer: a guess of before may be wrong. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private static final double FIRST_GUESS_NANOS = 10e6;
    private static final double SHORTEST_NANOS = 1e6;
    private static final double WEIGHT_OF_NEW = 0.2;

    /** A little sooner than there may be room, so that no slot stays empty because somebody was quick. */
    private static final double EAGERNESS = 0.7;

    private final int limit;
    private final Map<String, Place> places = new HashMap<>();

    /** @param limit how many at once in each place */
    public Slots(int limit) {
        this.limit = limit;
    }

    private static final class Place {
        private int running;
        private double meanNanos = FIRST_GUESS_NANOS;
        private Instant nextFree = Instant.MIN;
    }

    /**
     * Takes a slot.
     *
     * @return whether there was one; if so, the caller calls {@link #leave} in the end
     */
    public synchronized boolean enter(String place) {
        Place there = places.computeIfAbsent(place, absent -> new Place());
        if (there.running >= limit) {
            return false;
        }
        there.running++;
        return true;
    }

    /** Gives a slot back. */
    public synchronized void leave(String place, Duration took, Instant now) {
        Place there = places.get(place);
        if (there == null) {
            return;
        }
        there.running--;
        there.meanNanos += WEIGHT_OF_NEW * (Math.max(SHORTEST_NANOS, (double) took.toNanos()) - there.meanNanos);
        if (there.running == 0 && !there.nextFree.isAfter(now)) {
            places.remove(place);
        }
    }

    /** {@return when to come to a place again that was full} */
    public synchronized Instant again(String place, Instant now) {
        Place there = places.computeIfAbsent(place, absent -> new Place());
        Instant from = there.nextFree.isAfter(now) ? there.nextFree : now;
        Instant turn = from.plusNanos((long) (EAGERNESS * there.meanNanos / limit));
        Instant latest = now.plus(LONGEST_WAIT);
        there.nextFree = turn.isBefore(latest) ? turn : latest;
        return there.nextFree;
    }

    synchronized int size() {
        return places.size();
    }
}
