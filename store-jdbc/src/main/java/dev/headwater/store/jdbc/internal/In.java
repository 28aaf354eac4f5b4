package dev.headwater.store.jdbc.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The values of an {@code IN (…)}. Their number is rounded up to a power of two by repeating the last one, so that a few
 * texts of statements serve all numbers.
 */
final class In {

    /** The most values of one statement. */
    static final int MAX = 256;

    private In() {}

    /** Parts of at most {@link #MAX} values each. */
    static <T> List<List<T>> parts(Collection<T> values) {
        List<T> all = List.copyOf(values);
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MAX) {
            parts.add(all.subList(from, Math.min(all.size(), from + MAX)));
        }
        return parts;
    }

    /** {@code IN (?,?,…)} for that many values. */
    static String clause(int values) {
        return "IN (" + "?,".repeat(rounded(values) - 1) + "?)";
    }

    /**
     * Binds the values from that index on.
     *
     * @return the next index
     */
    static int bind(PreparedStatement statement, int index, List<String> values) throws SQLException {
        int rounded = rounded(values.size());
        for (int i = 0; i < rounded; i++) {
            statement.setString(index + i, values.get(Math.min(i, values.size() - 1)));
        }
        return index + rounded;
    }

    private static int rounded(int values) {
        return values == 1 ? 1 : Integer.highestOneBit(values - 1) * 2;
    }
}
