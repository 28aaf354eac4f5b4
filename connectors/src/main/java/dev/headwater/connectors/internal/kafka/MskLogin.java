package dev.headwater.connectors.internal.kafka;

import dev.headwater.connectors.internal.aws.SignedQuery;
import dev.headwater.spi.ConnectorException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.SaslExtensionsCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;

/** Gives Kafka's own clients their tokens for MSK. Made by Kafka, so it gets what it needs through the client's properties. */
public final class MskLogin implements AuthenticateCallbackHandler {

    /** The property that holds a {@link Tokens}. */
    static final String TOKENS = "headwater.msk.tokens";

    private volatile Supplier<String> tokens = () -> {
        throw new IllegalStateException("not configured");
    };

    /** Makes tokens, and does not show them. */
    record Tokens(Supplier<String> maker) {

        @Override
        public String toString() {
            return "Tokens";
        }
    }

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
        if (configs.get(TOKENS) instanceof Tokens made) {
            tokens = made.maker();
        }
    }

    @Override
    public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (callback instanceof OAuthBearerTokenCallback wanted) {
                wanted.token(token());
            } else if (!(callback instanceof SaslExtensionsCallback)) {
                throw new UnsupportedCallbackException(callback);
            }
        }
    }

    private OAuthBearerToken token() throws IOException {
        long now = System.currentTimeMillis();
        try {
            return new Token(tokens.get(), now, now + SignedQuery.SECONDS * 1_000L);
        } catch (ConnectorException e) {
            throw new IOException(e.getMessage());
        }
    }

    @Override
    public void close() {}

    /** Prints without the token. */
    private record Token(String value, Long startTimeMs, long lifetimeMs) implements OAuthBearerToken {

        @Override
        public Set<String> scope() {
            return Set.of();
        }

        @Override
        public String principalName() {
            return "headwater";
        }

        @Override
        public String toString() {
            return "Token";
        }
    }
}
