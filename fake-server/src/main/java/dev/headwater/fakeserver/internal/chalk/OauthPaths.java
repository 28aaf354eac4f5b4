package dev.headwater.fakeserver.internal.chalk;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.headwater.fakeserver.internal.FaceException;
import dev.headwater.fakeserver.internal.FaceProblem;
import dev.headwater.fakeserver.internal.FaceProblem.Reason;
import dev.headwater.fakeserver.internal.FakeRequest;
import dev.headwater.fakeserver.internal.FakeResponse;
import dev.headwater.fakeserver.internal.Json;
import dev.headwater.fakeserver.internal.Once;
import dev.headwater.fakeserver.internal.Tokens;
import dev.headwater.fakeserver.internal.chalk.wire.GetTokenRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetTokenResponse;
import java.time.Instant;
import java.util.Map;

/** The token exchange and who-am-i, in plain JSON. */
final class OauthPaths {

    private static final String TOKEN = "/v1/oauth/token";
    private static final String WHO_AM_I = "/v1/who-am-i";

    private final Once<Chalk> chalk;

    OauthPaths(Once<Chalk> chalk) {
        this.chalk = chalk;
    }

    String operation(FakeRequest request) {
        return switch (request.path()) {
            case TOKEN -> "GetToken";
            case WHO_AM_I -> "WhoAmI";
            default -> "unknown";
        };
    }

    FakeResponse answer(FakeRequest request, String origin) {
        return switch (request.path()) {
            case TOKEN -> {
                method(request, "POST");
                yield token(request, origin);
            }
            case WHO_AM_I -> {
                method(request, "GET");
                yield whoAmI(request, origin);
            }
            default ->
                throw new FaceException(FaceProblem.of(Reason.NO_SUCH_PATH, "Chalk's API has no such path here"));
        };
    }

    private FakeResponse token(FakeRequest request, String origin) {
        if (!request.mediaType().equals("application/json")) {
            throw new FaceException(
                    FaceProblem.of(Reason.WRONG_CONTENT_TYPE, "the content type must be application/json"));
        }
        JsonObject body = Json.object(request.body());
        GetTokenResponse token = chalk.get()
                .auth()
                .token(
                        new Call(null, null, origin),
                        Access.NOTHING,
                        GetTokenRequest.newBuilder()
                                .setClientId(text(body, "client_id"))
                                .setClientSecret(text(body, "client_secret"))
                                .setGrantType(text(body, "grant_type"))
                                .build());
        JsonObject answer = new JsonObject();
        answer.addProperty("access_token", token.getAccessToken());
        answer.addProperty("token_type", token.getTokenType());
        answer.addProperty("expires_in", token.getExpiresIn());
        answer.addProperty(
                "expires_at",
                Instant.ofEpochSecond(
                                token.getExpiresAt().getSeconds(),
                                token.getExpiresAt().getNanos())
                        .toString());
        answer.addProperty("api_server", token.getApiServer());
        answer.addProperty("primary_environment", token.getPrimaryEnvironment());
        answer.add("engines", object(token.getEnginesMap()));
        answer.add("grpc_engines", object(token.getGrpcEnginesMap()));
        answer.add("environment_id_to_name", object(token.getEnvironmentIdToNameMap()));
        return FakeResponse.json(200, answer);
    }

    private FakeResponse whoAmI(FakeRequest request, String origin) {
        Tokens.Token token = Access.token(chalk.get().world(), new Call(request.header("authorization"), null, origin));
        JsonObject answer = new JsonObject();
        answer.addProperty("user", "fake-server");
        answer.addProperty(
                "environment_id",
                token.scope() == null ? chalk.get().world().scopes().get(0).id() : token.scope());
        return FakeResponse.json(200, answer);
    }

    private static void method(FakeRequest request, String method) {
        if (!request.method().equals(method)) {
            throw new FaceException(FaceProblem.of(Reason.WRONG_METHOD, "only " + method + " is answered"));
        }
    }

    private static String text(JsonObject body, String key) {
        JsonElement value = body.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private static JsonObject object(Map<String, String> values) {
        JsonObject object = new JsonObject();
        values.forEach(object::addProperty);
        return object;
    }
}
