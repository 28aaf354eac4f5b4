package dev.headwater.fakeserver.internal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is made when it is first asked for, since making it takes long and many tests never need it. Safe for use
 * by many threads.
 */
public final class Once<T> {

    private final Supplier<T> maker;
    private @Nullable T made;
    private boolean closed;

    public Once(Supplier<T> maker) {
        this.maker = maker;
    }

    /**
     * {@return it} Blocks while it is made.
     *
     * @throws IllegalStateException if it was not made before the end
     */
    public synchronized T get() {
        if (made == null) {
            if (closed) {
                throw new IllegalStateException("the server is closed");
            }
            made = maker.get();
        }
        return made;
    }

    /**
     * Lets nothing be made any more.
     *
     * @return what was made, or null
     */
    public synchronized @Nullable T end() {
        closed = true;
        return made;
    }
}
