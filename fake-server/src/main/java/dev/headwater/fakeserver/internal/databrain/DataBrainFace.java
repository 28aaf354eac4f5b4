package dev.headwater.fakeserver.internal.databrain;

import com.google.gson.JsonObject;
import dev.headwater.fakeserver.internal.Face;
import dev.headwater.fakeserver.internal.FaceException;
import dev.headwater.fakeserver.internal.FaceProblem;
import dev.headwater.fakeserver.internal.FaceProblem.Reason;
import dev.headwater.fakeserver.internal.FakeRequest;
import dev.headwater.fakeserver.internal.FakeResponse;
import dev.headwater.fakeserver.internal.Json;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.Tokens.Found;
import dev.headwater.fakeserver.internal.Tokens.Standing;
import dev.headwater.fakeserver.internal.Tokens.Token;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.fakeserver.internal.rest.SchemaSync;
import dev.headwater.fakeserver.internal.rest.Values;
import dev.headwater.spi.SourceSystem;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * DataBrain's API for data sources and service tokens: finds the call that a request means, checks the token, and words
 * errors.
 */
public final class DataBrainFace implements Face {

    private static final String ROOT = "/api/v2/";
    private static final String DATASOURCE = ROOT + "datasource";
    private static final String SERVICE_TOKEN = ROOT + "service-token";
    private static final String UNKNOWN = "unknown";
    private static final String CREATE_TOKEN = "createServiceToken";
    private static final String ROTATE_TOKEN = "rotateServiceToken";

    /** What a token may do; the names are ours. */
    private static final String SERVICE = ServiceTokenCalls.PERMISSION;

    private static final String ADMIN = "admin";

    /** What is there: by path, and in it by method. */
    private static final Map<String, Map<String, String>> ROUTES = Map.of(
            DATASOURCE,
            Map.of("POST", "create", "PUT", "update", "GET", "list", "DELETE", "delete"),
            DATASOURCE + "/sync",
            Map.of("POST", "sync"),
            DATASOURCE + "/schema",
            Map.of("GET", "schema"),
            DATASOURCE + "/getDatasourceProgress",
            Map.of("POST", "progress"),
            SERVICE_TOKEN,
            Map.of("POST", CREATE_TOKEN),
            SERVICE_TOKEN + "/rotate",
            Map.of("POST", ROTATE_TOKEN));

    private final World world;
    private final DatasourceCalls calls;
    private final ServiceTokenCalls tokens;

    public DataBrainFace(World world, SchemaSync sync) {
        this.world = world;
        this.tokens = new ServiceTokenCalls(world);
        this.calls = new DatasourceCalls(world, sync);
    }

    @Override
    public SourceSystem system() {
        return SourceSystem.DATABRAIN;
    }

    @Override
    public boolean takes(FakeRequest request) {
        return request.path().startsWith(ROOT);
    }

    @Override
    public String operation(FakeRequest request) {
        return methods(request).getOrDefault(method(request), UNKNOWN);
    }

    private static Map<String, String> methods(FakeRequest request) {
        String path = request.path();
        return ROUTES.getOrDefault(path.endsWith("/") ? path.substring(0, path.length() - 1) : path, Map.of());
    }

    /** HEAD is answered as GET; the front leaves the body out. */
    private static String method(FakeRequest request) {
        return request.method().equals("HEAD") ? "GET" : request.method();
    }

    @Override
    public FakeResponse answer(FakeRequest request) {
        Map<String, String> methods = methods(request);
        if (methods.isEmpty()) {
            throw new FaceException(FaceProblem.of(Reason.NO_SUCH_PATH, "There is nothing at this path"));
        }
        if (request.method().equals("OPTIONS")) {
            return new FakeResponse(204, Map.of("allow", List.of(allowed(methods))), new byte[0]);
        }
        String operation = operation(request);
        if (operation.equals(UNKNOWN)) {
            throw new FaceException(FaceProblem.of(Reason.WRONG_METHOD, "This path does not take this method"));
        }
        try {
            return FakeResponse.json(200, call(operation, request));
        } catch (DataBrainRefusal refusal) {
            return error(refusal.code(), refusal.text());
        }
    }

    private static String allowed(Map<String, String> methods) {
        String allowed = String.join(", ", methods.keySet().stream().sorted().toList());
        return methods.containsKey("GET") ? allowed + ", HEAD, OPTIONS" : allowed + ", OPTIONS";
    }

    private JsonObject call(String operation, FakeRequest request) {
        Found found = token(request);
        if (operation.equals(ROTATE_TOKEN) && found.standing() == Standing.EXPIRED) {
            throw new DataBrainRefusal(DataBrainCode.EXPIRED_SERVICE_TOKEN, "Service token is already expired");
        }
        Token token = good(found, operation.equals(CREATE_TOKEN) ? ADMIN : SERVICE);
        Scope scope = scope(token);
        return switch (operation) {
            case "create" -> calls.create(scope, DatasourceBody.read(body(request)));
            case "update" -> calls.update(scope, DatasourceBody.read(body(request)));
            case "delete" -> calls.delete(scope, request.parameter("datasourceName"));
            case "sync" -> calls.sync(scope, body(request));
            case "progress" -> calls.progress(scope, body(request));
            case "schema" -> calls.schema(scope, request.parameter("datasourceName"));
            case CREATE_TOKEN -> tokens.create(scope, body(request));
            case ROTATE_TOKEN -> tokens.rotate(scope, token, body(request));
            default -> calls.list(scope, request.parameter("isPagination"), request.parameter("pageNumber"));
        };
    }

    private static JsonObject body(FakeRequest request) {
        if (!request.mediaType().equals("application/json")) {
            throw new FaceException(
                    FaceProblem.of(Reason.WRONG_CONTENT_TYPE, "Content-Type must be set to application/json"));
        }
        return Json.object(request.body());
    }

    private Found token(FakeRequest request) {
        String value = request.bearerToken();
        return value == null
                ? new Found(Standing.UNKNOWN, null)
                : world.tokens().find(SourceSystem.DATABRAIN, value);
    }

    private static Token good(Found found, String permission) {
        Token token = found.token();
        if (found.standing() != Standing.GOOD || token == null || !token.allows(permission)) {
            throw badToken();
        }
        return token;
    }

    /** The one scope that the token opens. */
    private Scope scope(Token token) {
        String scope = token.scope();
        return (scope == null ? world.scopes().stream().findFirst() : world.scope(scope))
                .orElseThrow(DataBrainFace::badToken);
    }

    private static DataBrainRefusal badToken() {
        return new DataBrainRefusal(DataBrainCode.AUTHENTICATION_ERROR, "Invalid Service Token");
    }

    @Override
    public FakeResponse error(FakeRequest request, FaceProblem problem) {
        return switch (problem.reason()) {
            case BODY_TOO_LARGE, BAD_JSON, WRONG_CONTENT_TYPE ->
                error(DataBrainCode.INVALID_REQUEST_BODY, problem.message());
            case NO_SUCH_PATH -> error(DataBrainCode.NOT_FOUND, problem.message());
            case WRONG_METHOD ->
                error(DataBrainCode.METHOD_NOT_ALLOWED, problem.message()).with("allow", allowed(methods(request)));
            case RATE_LIMITED -> limited(problem);
            case INJECTED -> injected(problem);
            case INTERNAL -> error(DataBrainCode.INTERNAL_SERVER_ERROR, problem.message());
        };
    }

    private static FakeResponse limited(FaceProblem problem) {
        Duration after = problem.retryAfter() == null ? Duration.ofSeconds(1) : problem.retryAfter();
        // whole seconds, and never too early
        long seconds = after.plusNanos(999_999_999).toSeconds();
        return error(DataBrainCode.RATE_LIMIT_EXCEEDED, problem.message()).with("retry-after", Long.toString(seconds));
    }

    private static FakeResponse injected(FaceProblem problem) {
        String code = problem.code() == null ? "" : problem.code();
        for (DataBrainCode known : DataBrainCode.values()) {
            if (known.name().equals(code)) {
                return error(known, problem.message());
            }
        }
        return error(500, code, problem.message());
    }

    private static FakeResponse error(DataBrainCode code, String message) {
        return error(code.status(), code.name(), message);
    }

    private static FakeResponse error(int status, String code, String message) {
        JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", message);
        return FakeResponse.json(status, Values.object("error", error));
    }
}
