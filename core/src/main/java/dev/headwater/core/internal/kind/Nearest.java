package dev.headwater.core.internal.kind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the known name that was probably meant, by edit distance without regard to case and separators. */
final class Nearest {

    private static final int LONGEST = 64;
    private static final int SHORTEST_BEGINNING = 3;

    private final List<Known> known;

    /** A name with what is compared of it. The mask has a bit for each letter and digit that is in it. */
    private static final class Known {

        private final String name;
        private final char[] folded;
        private final long mask;

        Known(String name) {
            this.name = name;
            this.folded = fold(name);
            this.mask = mask(folded);
        }
    }

    /** @param names in the order of preference */
    Nearest(Iterable<String> names) {
        List<Known> all = new ArrayList<>();
        for (String name : names) {
            all.add(new Known(name));
        }
        known = List.copyOf(all);
    }

    /** The nearest known name, the first of those that are equally near, or null if none is near. */
    @Nullable
    String to(String given) {
        if (given.isEmpty() || given.length() > LONGEST) {
            return null;
        }
        char[] folded = fold(given);
        if (folded.length == 0) {
            return null;
        }
        long mask = mask(folded);
        int limit = Math.max(1, Math.min(3, folded.length / 3));
        int[][] rows = new int[3][folded.length + limit + 1];
        Known best = null;
        for (Known candidate : known) {
            // Each edit changes the length by one at most, and brings or takes one letter at most: most candidates end
            // here.
            if (Math.abs(candidate.folded.length - folded.length) <= limit
                    && Long.bitCount(candidate.mask & ~mask) <= limit
                    && Long.bitCount(mask & ~candidate.mask) <= limit) {
                int distance = distance(folded, candidate.folded, limit, rows);
                if (distance <= limit) {
                    best = candidate;
                    limit = distance - 1;
                    if (limit < 0) {
                        break;
                    }
                }
            }
        }
        return best == null ? beginningOf(folded) : best.name;
    }

    /** The first known name of which this is the beginning: {@code ssl} of a group, {@code user} of a longer word. */
    private @Nullable String beginningOf(char[] folded) {
        if (folded.length < SHORTEST_BEGINNING) {
            return null;
        }
        for (Known candidate : known) {
            if (candidate.folded.length > folded.length
                    && Arrays.equals(candidate.folded, 0, folded.length, folded, 0, folded.length)) {
                return candidate.name;
            }
        }
        return null;
    }

    /** Insertions, deletions, replacements and swaps of neighbours; more than the limit once it is passed. */
    private static int distance(char[] a, char[] b, int limit, int[][] rows) {
        int[] before = rows[0];
        int[] last = rows[1];
        int[] row = rows[2];
        for (int j = 0; j <= b.length; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length; i++) {
            char letter = a[i - 1];
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.length; j++) {
                int cost = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (letter == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && letter == b[j - 2] && a[i - 2] == b[j - 1]) {
                    cost = Math.min(cost, before[j - 2] + 1);
                }
                row[j] = cost;
                least = Math.min(least, cost);
            }
            if (least > limit) {
                return least;
            }
            int[] free = before;
            before = last;
            last = row;
            row = free;
        }
        return last[b.length];
    }

    private static char[] fold(String name) {
        char[] folded = new char[name.length()];
        int length = 0;
        for (int i = 0; i < folded.length; i++) {
            char c = name.charAt(i);
            if (c != '_' && c != '-' && c != '.' && c != ' ') {
                folded[length++] = c >= 'A' && c <= 'Z' ? (char) (c + 32) : Character.toLowerCase(c);
            }
        }
        return Arrays.copyOf(folded, length);
    }

    private static long mask(char[] folded) {
        long mask = 0;
        for (char c : folded) {
            mask |= 1L << (c & 63);
        }
        return mask;
    }
}
