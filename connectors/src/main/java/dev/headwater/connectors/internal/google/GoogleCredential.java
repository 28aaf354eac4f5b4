package dev.headwater.connectors.internal.google;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import java.io.IOException;
import java.time.Clock;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Logs Google's own clients in. Tokens are fetched as for tests: Google's own HTTP client would write them into its log.
 */
public class GoogleCredential extends GoogleCredentials {

    private static final long serialVersionUID = 1;

    private final transient GoogleLogin login;
    private final transient ConnectionTarget target;
    private final transient String scope;
    private final transient Clock clock;

    /** @param target its timeout bounds each fetch of a token, its cancellation ends them */
    public GoogleCredential(GoogleLogin login, ConnectionTarget target, String scope, Clock clock) {
        this.login = login;
        this.target = target;
        this.scope = scope;
        this.clock = clock;
    }

    @Override
    public final AccessToken refreshAccessToken() throws IOException {
        try {
            GoogleLogin.Token token = login.token(target, scope, clock);
            return new AccessToken(token.value(), Date.from(clock.instant().plusSeconds(token.seconds())));
        } catch (ConnectorException e) {
            throw new IOException(e.getMessage());
        }
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(this);
    }

    /** Says nothing of what it holds; that of the class above shows the token. */
    @Override
    public final String toString() {
        return "GoogleCredential";
    }
}
