package dev.headwater.fakeserver.internal.chalk;

import dev.headwater.fakeserver.ChalkControls;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.Tokens;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.fakeserver.internal.chalk.wire.GetTokenRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetTokenResponse;
import dev.headwater.spi.SourceSystem;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Gives tokens to clients. */
final class Auth {

    private final World world;
    private final ChalkControls controls;

    Auth(World world, ChalkControls controls) {
        this.world = world;
        this.controls = controls;
    }

    /** Chalk's Java client leaves the grant type empty. */
    GetTokenResponse token(Call call, Access access, GetTokenRequest request) {
        if (!Set.of("", "client_credentials").contains(request.getGrantType())) {
            throw ChalkException.invalid("grant_type must be client_credentials");
        }
        if (!request.getClientId().equals(controls.clientId())
                || !request.getClientSecret().equals(controls.clientSecret())) {
            throw new ChalkException(Status.Code.UNAUTHENTICATED, "Client ID and secret are invalid");
        }
        Duration lifetime = controls.tokenLifetime();
        if (request.hasExpiresAt()) {
            Duration wanted = Duration.ofSeconds(
                    request.getExpiresAt().getSeconds(), request.getExpiresAt().getNanos());
            if (wanted.isNegative() || wanted.isZero()) {
                throw ChalkException.invalid("expires_at must be a positive duration");
            }
            lifetime = wanted.compareTo(lifetime) < 0 ? wanted : lifetime;
        }
        Tokens.Token token =
                world.tokens().issue(SourceSystem.CHALK, "chalk-" + world.newText(40), null, null, lifetime);
        Instant end = Objects.requireNonNull(token.expiresAt());
        List<Scope> scopes = world.scopes();
        GetTokenResponse.Builder response = GetTokenResponse.newBuilder()
                .setAccessToken(token.value())
                .setTokenType("Bearer")
                .setExpiresIn((int) lifetime.toSeconds())
                .setExpiresAt(Sources.timestamp(end))
                .setApiServer(call.origin())
                .setPrimaryEnvironment(scopes.get(0).id());
        for (Scope scope : scopes) {
            response.putEngines(scope.id(), controls.connectUrl().toString());
            response.putGrpcEngines(scope.id(), controls.grpcUrl().toString());
            response.putEnvironmentIdToName(scope.id(), scope.name());
        }
        return response.build();
    }
}
