package dev.headwater.core.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Looks for a planted secret where it must not be. */
final class Planted {

    static final String SECRET = "pl4nted-S3cret-value";

    private Planted() {}

    /** Neither in the messages nor in the stack traces, causes and suppressed exceptions. */
    static void notIn(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString()).doesNotContain(SECRET);
        assertThat(failure.getCause()).isNull();
    }
}
