package dev.headwater.fakeserver.internal.chalk;

import org.jspecify.annotations.Nullable;

/**
 * What comes with a message.
 *
 * @param authorization the header of that name
 * @param environment the header {@code x-chalk-env-id}
 * @param origin where the server answers the protocol of this call, such as {@code http://127.0.0.1:40123}
 */
record Call(@Nullable String authorization, @Nullable String environment, String origin) {

    /** Without the token. */
    @Override
    public String toString() {
        return "Call[" + environment + "]";
    }
}
