package dev.headwater.fakeserver.internal.chalk;

import dev.headwater.fakeserver.internal.FakeRequest;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.Tokens;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.spi.SourceSystem;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * What a call may touch.
 *
 * @param scope its environment; null for calls that need no token
 */
record Access(@Nullable Scope scope) {

    static final String LIST = "secrets.list";
    static final String DECRYPT = "secrets.decrypt";
    static final String WRITE = "secrets.write";

    static final Access NOTHING = new Access(null);

    /** {@return the environment} */
    Scope environment() {
        if (scope == null) {
            throw new IllegalStateException("a call without an environment");
        }
        return scope;
    }

    /**
     * Looks at the token, then at the environment, then at the permission.
     *
     * @throws ChalkException if one of them is not right
     */
    static Access of(World world, Call call, String permission) {
        Tokens.Token token = token(world, call);
        Scope scope = scope(world, call, token);
        if (token.scope() != null && !token.scope().equals(scope.id())) {
            throw new ChalkException(Status.Code.PERMISSION_DENIED, "the token is not for environment " + scope.id());
        }
        if (!token.allows(permission)) {
            throw new ChalkException(Status.Code.PERMISSION_DENIED, "permission required: " + permission);
        }
        return new Access(scope);
    }

    /** @throws ChalkException {@code UNAUTHENTICATED} unless the call has a good token */
    static Tokens.Token token(World world, Call call) {
        String value = FakeRequest.bearerToken(call.authorization());
        if (value == null) {
            throw new ChalkException(Status.Code.UNAUTHENTICATED, "the authorization header must be a bearer token");
        }
        Tokens.Found found = world.tokens().find(SourceSystem.CHALK, value);
        Tokens.Token token = found.token();
        if (token == null || found.standing() != Tokens.Standing.GOOD) {
            throw new ChalkException(
                    Status.Code.UNAUTHENTICATED,
                    switch (found.standing()) {
                        case EXPIRED -> "the token has expired";
                        case REVOKED -> "the token was revoked";
                        case UNKNOWN, GOOD -> "the token is not valid";
                    });
        }
        return token;
    }

    private static Scope scope(World world, Call call, Tokens.Token token) {
        String id = call.environment();
        if (id == null || id.isBlank()) {
            if (token.scope() == null) {
                throw ChalkException.invalid("the header x-chalk-env-id is required");
            }
            id = token.scope();
        }
        String wanted = id;
        return world.scope(wanted).orElseThrow(() -> ChalkException.notFound("there is no such environment"));
    }
}
