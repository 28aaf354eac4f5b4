package dev.headwater.connectors.internal.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Until when the reads of some sockets must have ended. */
public interface ReadLimit {

    /** Reads wait for as long as their user asks. */
    ReadLimit NONE = new ReadLimit() {
        @Override
        public @Nullable Deadline deadline() {
            return null;
        }

        @Override
        public void failed(IOException failure) {}
    };

    /** {@return the deadline as it is now, or null if reads are not bounded} */
    @Nullable
    Deadline deadline();

    /** Hears why a socket could not be connected or was not answered in time: drivers do not always hand that on. */
    void failed(IOException failure);
}
