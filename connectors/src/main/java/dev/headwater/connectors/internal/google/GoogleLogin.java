package dev.headwater.connectors.internal.google;

import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import java.time.Clock;

/** As whom to log in to Google. Immutable, and safe for use by many threads. */
public sealed interface GoogleLogin permits ServiceAccount, ProcessIdentity {

    /**
     * Gets an access token. Blocks.
     *
     * @param target its timeout and its cancellation bound this
     * @param scope what the token is for
     * @throws ConnectorException if there is none to be had; it is redacted
     */
    Token token(ConnectionTarget target, String scope, Clock clock);

    /**
     * An access token.
     *
     * @param seconds for how long it is good
     */
    record Token(String value, long seconds) {

        /** Says nothing of what it holds. */
        @Override
        public String toString() {
            return "Token";
        }
    }
}
