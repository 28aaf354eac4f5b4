package dev.headwater.fakeserver.internal;

import dev.headwater.spi.SourceSystem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens that the faces accept. Safe for use by many threads. */
public final class Tokens {

    /** As many tokens as a server remembers; those that are good no more go first, then the oldest that end some day. */
    private static final int MAX_TOKENS = 10_000;

    private final Clock clock;
    private final Map<String, Token> tokens = new LinkedHashMap<>();

    Tokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * A token.
     *
     * @param system whose API it opens
     * @param value what is sent
     * @param scope the only scope that it opens, or null for all
     * @param permissions what it may do, by the system's own names, or null for all
     * @param expiresAt when it ends, or null for never
     * @param revoked whether it was taken back
     */
    public record Token(
            SourceSystem system,
            String value,
            @Nullable String scope,
            @Nullable Set<String> permissions,
            @Nullable Instant expiresAt,
            boolean revoked) {

        /** {@return whether it may do what that permission is for} */
        public boolean allows(String permission) {
            return permissions == null || permissions.contains(permission);
        }

        /** Without the value. */
        @Override
        public String toString() {
            return "Token[" + system + ", scope " + scope + ", expires " + expiresAt + (revoked ? ", revoked]" : "]");
        }
    }

    /** How a token that came with a call stands. */
    public enum Standing {
        GOOD,
        UNKNOWN,
        EXPIRED,
        REVOKED
    }

    /**
     * What was found of a token.
     *
     * @param standing how it stands
     * @param token the token; null if unknown
     */
    public record Found(Standing standing, @Nullable Token token) {}

    /** Makes a token good from now on, for a time or (null) for ever. */
    public synchronized Token issue(
            SourceSystem system,
            String value,
            @Nullable String scope,
            @Nullable Set<String> permissions,
            @Nullable Duration lifetime) {
        Instant end = lifetime == null ? null : clock.instant().plus(lifetime);
        Token token = new Token(system, value, scope, permissions, end, false);
        if (tokens.size() >= MAX_TOKENS) {
            shrink();
        }
        tokens.put(value, token);
        return token;
    }

    private void shrink() {
        Instant now = clock.instant();
        tokens.values()
                .removeIf(token -> token.revoked()
                        || (token.expiresAt() != null && !token.expiresAt().isAfter(now)));
        var oldest = tokens.values().iterator();
        while (tokens.size() >= MAX_TOKENS && oldest.hasNext()) {
            if (oldest.next().expiresAt() != null) {
                oldest.remove();
            }
        }
    }

    /** {@return how the token stands for the system} */
    public synchronized Found find(SourceSystem system, String value) {
        Token token = tokens.get(value);
        if (token == null || token.system() != system) {
            return new Found(Standing.UNKNOWN, null);
        }
        if (token.revoked()) {
            return new Found(Standing.REVOKED, token);
        }
        boolean expired = token.expiresAt() != null && !clock.instant().isBefore(token.expiresAt());
        return new Found(expired ? Standing.EXPIRED : Standing.GOOD, token);
    }

    /**
     * Takes a token back.
     *
     * @return whether there was one
     */
    public synchronized boolean revoke(String value) {
        return tokens.computeIfPresent(
                        value,
                        (any, token) -> new Token(
                                token.system(), value, token.scope(), token.permissions(), token.expiresAt(), true))
                != null;
    }

    /**
     * Ends a token after a time, or when it ends anyway if that is earlier.
     *
     * @return whether there was one
     */
    public synchronized boolean expire(String value, Duration after) {
        Instant end = clock.instant().plus(after);
        return tokens.computeIfPresent(
                        value,
                        (any, token) ->
                                token.expiresAt() != null && token.expiresAt().isBefore(end)
                                        ? token
                                        : new Token(
                                                token.system(),
                                                value,
                                                token.scope(),
                                                token.permissions(),
                                                end,
                                                token.revoked()))
                != null;
    }

    synchronized void clear() {
        tokens.clear();
    }
}
