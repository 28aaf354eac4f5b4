package dev.headwater.fakeserver.internal;

import dev.headwater.spi.SourceSystem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a test wants to happen to a call. */
public sealed interface Fault {

    /** An error of the system, by its own code. */
    record Fail(String code, String message) implements Fault {}

    /** A bare HTTP status, as a proxy in between would give it; over gRPC what clients make of that status. */
    record Status(int status) implements Fault {}

    /** Nothing, until the client gives up, or the server is reset or closed. */
    record Stall() implements Fault {}

    /** The answer, later. */
    record Delay(Duration duration) implements Fault {}

    /** The end of the connection. */
    record Drop() implements Fault {}

    /** Too many calls. */
    record Limit(Duration retryAfter) implements Fault {}

    /**
     * For which calls.
     *
     * @param system null for all
     * @param operation null for all
     */
    record Wanted(@Nullable SourceSystem system, @Nullable String operation) {

        boolean covers(SourceSystem called, String what) {
            return (system == null || system == called) && (operation == null || operation.equalsIgnoreCase(what));
        }
    }
}
