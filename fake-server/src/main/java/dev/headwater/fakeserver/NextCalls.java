package dev.headwater.fakeserver;

import dev.headwater.fakeserver.internal.Controls;
import dev.headwater.fakeserver.internal.Fault;
import dev.headwater.spi.SourceSystem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen to the next calls, begun by {@link FakeServer#next}: which ones, then what, as in
 * {@code server.next(2).of(CHALK, "TestIntegration").fail("unavailable", "try again")}. Nothing is planned before the last
 * word. Calls are counted for each plan; the plan that was made first goes first.
 */
public final class NextCalls {

    private final Controls controls;
    private final int calls;
    private final @Nullable SourceSystem system;
    private final @Nullable String operation;

    NextCalls(Controls controls, int calls, @Nullable SourceSystem system, @Nullable String operation) {
        if (calls < 1) {
            throw new IllegalArgumentException("at least one call, got " + calls);
        }
        this.controls = controls;
        this.calls = calls;
        this.system = system;
        this.operation = operation;
    }

    /** Only calls of that system's API. */
    public NextCalls of(SourceSystem only) {
        return new NextCalls(controls, calls, only, null);
    }

    /** Only calls of one operation of that system's API; see {@link RecordedRequest#operation()}. */
    public NextCalls of(SourceSystem only, String operationName) {
        return new NextCalls(controls, calls, only, operationName);
    }

    /**
     * They fail, as the system says it.
     *
     * @param code the system's own code: {@code not_found} for Chalk (a code of gRPC, in either spelling),
     *     {@code CREDENTIAL_TEST_FAILED} for DataBrain, {@code ValidationError} for Basedash
     * @param message what the client is told
     */
    public void fail(String code, String message) {
        plan(new Fault.Fail(code, message));
    }

    /**
     * They get a bare HTTP status, as a proxy in between would give it; over gRPC the code that stands for it.
     *
     * @throws IllegalArgumentException if it is no status of an answer, 200 to 599
     */
    public void answer(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("an HTTP status from 200 to 599, got " + status);
        }
        plan(new Fault.Status(status));
    }

    /** They get no answer, until the client gives up or the server is reset or closed. What they ask for is not done. */
    public void stall() {
        plan(new Fault.Stall());
    }

    /** They are answered later; in real time, whatever the server's clock says. */
    public void delay(Duration duration) {
        plan(new Fault.Delay(duration));
    }

    /**
     * They lose their connection instead of getting an answer. Nothing is done. Over gRPC, all other calls that are under way on
     * that connection are lost with it.
     */
    public void drop() {
        plan(new Fault.Drop());
    }

    /** They are too many, as the system says it: 429, {@code RESOURCE_EXHAUSTED}. */
    public void rateLimit(Duration retryAfter) {
        plan(new Fault.Limit(retryAfter));
    }

    private void plan(Fault fault) {
        controls.plan(new Fault.Wanted(system, operation), calls, fault);
    }
}
