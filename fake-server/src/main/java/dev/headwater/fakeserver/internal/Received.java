package dev.headwater.fakeserver.internal;

import dev.headwater.fakeserver.RecordedRequest;
import dev.headwater.spi.SourceSystem;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that came. What a test may look at later is made when it does: most tests look at few calls, and the text of a
 * message of Protobuf takes longer than its answer. Safe for use by many threads.
 */
public final class Received {

    private final @Nullable SourceSystem system;
    private final String operation;
    private final int bytes;
    private @Nullable Supplier<RecordedRequest> maker;
    private @Nullable RecordedRequest made;

    /**
     * A call.
     *
     * @param system whose API was called; null if nobody's
     * @param bytes how long its body is
     * @param maker makes what a test sees; never throws
     */
    public Received(@Nullable SourceSystem system, String operation, int bytes, Supplier<RecordedRequest> maker) {
        this.system = system;
        this.operation = operation;
        this.bytes = bytes;
        this.maker = maker;
    }

    @Nullable
    SourceSystem system() {
        return system;
    }

    String operation() {
        return operation;
    }

    int bytes() {
        return bytes;
    }

    /** {@return the call as a test sees it} */
    public synchronized RecordedRequest recorded() {
        if (made == null) {
            made = Objects.requireNonNull(maker).get();
            maker = null;
        }
        return made;
    }
}
