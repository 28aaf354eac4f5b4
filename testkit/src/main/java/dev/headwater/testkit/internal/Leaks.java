package dev.headwater.testkit.internal;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Looks for a planted secret where it must not be. */
public final class Leaks {

    private Leaks() {}

    /** @throws AssertionError if a message of the failure, its causes or its suppressed exceptions holds the secret */
    public static void assertNotIn(String secret, Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        if (trace.toString().contains(secret)) {
            throw new AssertionError("a planted secret stands in the trace of a "
                    + failure.getClass().getName());
        }
    }
}
