package dev.headwater.core.internal.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the known name that was probably meant, by edit distance without regard to case and separators. */
final class Nearest {

    private static final int LONGEST = 64;

    private final List<Known> known;

    /** A name with what is compared of it. The mask has a bit for each letter and digit that is in it. */
    private record Known(String name, String folded, long mask) {}

    /** @param names in the order of preference */
    Nearest(Iterable<String> names) {
        List<Known> all = new ArrayList<>();
        for (String name : names) {
            String folded = fold(name);
            all.add(new Known(name, folded, mask(folded)));
        }
        known = List.copyOf(all);
    }

    /** The nearest known name, the first of those that are equally near, or null if none is near. */
    @Nullable
    String to(String given) {
        if (given.isEmpty() || given.length() > LONGEST) {
            return null;
        }
        String folded = fold(given);
        if (folded.isEmpty()) {
            return null;
        }
        long mask = mask(folded);
        int limit = Math.max(1, Math.min(3, folded.length() / 3));
        Known best = null;
        for (Known candidate : known) {
            // Each edit changes the set of letters by two at most, and the length by one: most candidates end here.
            if (Math.abs(candidate.folded.length() - folded.length()) <= limit
                    && Long.bitCount(candidate.mask ^ mask) <= 2 * limit) {
                int distance = distance(folded, candidate.folded, limit);
                if (distance <= limit) {
                    best = candidate;
                    limit = distance - 1;
                    if (limit < 0) {
                        break;
                    }
                }
            }
        }
        return best == null ? within(given) : best.name;
    }

    /** The first known name of a group, where the group's name alone was given. */
    private @Nullable String within(String group) {
        String prefix = group + ".";
        for (Known candidate : known) {
            if (candidate.name.startsWith(prefix)) {
                return candidate.name;
            }
        }
        return null;
    }

    /** Insertions, deletions, replacements and swaps of neighbours; more than the limit once it is passed. */
    private static int distance(String a, String b, int limit) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int cost = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
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
        return last[b.length()];
    }

    private static String fold(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(lower.length());
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c != '_' && c != '-' && c != '.' && c != ' ') {
                folded.append(c);
            }
        }
        return folded.toString();
    }

    private static long mask(String folded) {
        long mask = 0;
        for (int i = 0; i < folded.length(); i++) {
            mask |= 1L << (folded.charAt(i) & 63);
        }
        return mask;
    }
}
