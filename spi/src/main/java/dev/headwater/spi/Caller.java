package dev.headwater.spi;

import java.util.Map;

/**
 * Who makes a call, in the host's own terms. The id is stored with each commit; the attributes (roles, say) are only
 * shown to the access policy.
 *
 * @param id 1 to {@value #MAX_LENGTH} characters without control characters
 * @param attributes what the host's access policy wants to know; never stored, never printed
 */
public record Caller(String id, Map<String, String> attributes) {

    /** The most characters that a caller's id may have. */
    public static final int MAX_LENGTH = 255;

    /** The host itself: the caller of every handle on which no other was set. */
    public static final Caller HOST = Caller.of("host");

    /** @throws IllegalArgumentException if the id is empty, too long, or holds control characters */
    public Caller {
        Checks.text("caller id", id, MAX_LENGTH);
        attributes = Map.copyOf(attributes);
    }

    /** A caller without attributes. */
    public static Caller of(String id) {
        return new Caller(id, Map.of());
    }

    @Override
    public String toString() {
        return id;
    }
}
