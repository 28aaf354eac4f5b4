package dev.headwater.fakeserver.internal.basedash;

import com.google.gson.JsonObject;
import dev.headwater.fakeserver.internal.Face;
import dev.headwater.fakeserver.internal.FaceException;
import dev.headwater.fakeserver.internal.FaceProblem;
import dev.headwater.fakeserver.internal.FaceProblem.Reason;
import dev.headwater.fakeserver.internal.FakeRequest;
import dev.headwater.fakeserver.internal.FakeResponse;
import dev.headwater.fakeserver.internal.Json;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.Tokens;
import dev.headwater.fakeserver.internal.Tokens.Token;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.fakeserver.internal.rest.SchemaSync;
import dev.headwater.fakeserver.internal.rest.Values;
import dev.headwater.spi.SourceSystem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Basedash's public API: finds the call that a request means, checks the API key, and words errors. */
public final class BasedashFace implements Face {

    private static final String ROOT = "/api/public/";

    private final World world;
    private final DataSourceCalls dataSources;
    private final OrganizationCalls organizations;

    public BasedashFace(World world, SchemaSync sync) {
        this.world = world;
        this.dataSources = new DataSourceCalls(world, sync);
        this.organizations = new OrganizationCalls(world);
    }

    @Override
    public SourceSystem system() {
        return SourceSystem.BASEDASH;
    }

    @Override
    public boolean takes(FakeRequest request) {
        return request.path().startsWith(ROOT);
    }

    @Override
    public String operation(FakeRequest request) {
        return Route.of(request).operation();
    }

    @Override
    public FakeResponse answer(FakeRequest request) {
        Route route = Route.of(request);
        if (route.methods().isEmpty()) {
            throw new FaceException(FaceProblem.of(Reason.NO_SUCH_PATH, "There is nothing at this path"));
        }
        if (request.method().equals("OPTIONS")) {
            return new FakeResponse(204, Map.of("allow", List.of(route.allowed())), new byte[0]);
        }
        if (route.operation().equals(Route.UNKNOWN)) {
            throw new FaceException(FaceProblem.of(Reason.WRONG_METHOD, "This path does not take this method"));
        }
        try {
            Token key = key(request);
            JsonObject body = call(route, key, request);
            return FakeResponse.json(route.operation().startsWith("create") ? 201 : 200, body);
        } catch (BasedashRefusal refusal) {
            return error(refusal.title(), refusal.detail());
        }
    }

    private Token key(FakeRequest request) {
        String value = request.bearerToken();
        Tokens.Found found = value == null ? null : world.tokens().find(SourceSystem.BASEDASH, value);
        if (found == null || found.token() == null || found.standing() != Tokens.Standing.GOOD) {
            throw new BasedashRefusal(BasedashTitle.UNAUTHORIZED, "Missing or invalid API key");
        }
        return found.token();
    }

    private JsonObject call(Route route, Token key, FakeRequest request) {
        if (route.operation().equals("listOrganizations")) {
            return organizations.list(key, Paging.of(request));
        }
        if (route.operation().equals("createOrganization")) {
            return Values.object("data", organizations.create(key, body(request)));
        }
        Scope scope = world.scope(route.organization())
                .filter(found -> Organization.of(found).admits(found, key))
                // whether it is missing or the key is not an admin's, the answer is the same
                .orElseThrow(() -> new BasedashRefusal(BasedashTitle.NOT_FOUND, "Organization not found"));
        if (route.operation().equals("list")) {
            return dataSources.list(scope, Paging.of(request));
        }
        return Values.object(
                "data",
                switch (route.operation()) {
                    case "create" -> dataSources.create(scope, BasedashBody.create(body(request)));
                    case "verify" -> dataSources.verify(scope, BasedashBody.verify(body(request)));
                    case "update" ->
                        dataSources.update(scope, route.dataSource(), () -> BasedashBody.patch(body(request)));
                    case "delete" -> dataSources.delete(scope, route.dataSource());
                    case "getAccess" -> dataSources.access(scope, route.dataSource());
                    case "setAccess" -> dataSources.access(scope, route.dataSource(), () -> Access.read(body(request)));
                    default -> dataSources.get(scope, route.dataSource());
                });
    }

    private static JsonObject body(FakeRequest request) {
        if (!request.mediaType().equals("application/json")) {
            throw new FaceException(FaceProblem.of(
                    Reason.WRONG_CONTENT_TYPE, "Invalid JSON body: Content-Type is not application/json"));
        }
        return Json.object(request.body());
    }

    @Override
    public FakeResponse error(FakeRequest request, FaceProblem problem) {
        return switch (problem.reason()) {
            case BODY_TOO_LARGE, WRONG_CONTENT_TYPE -> error(BasedashTitle.VALIDATION_ERROR, problem.message());
            case BAD_JSON -> error(BasedashTitle.VALIDATION_ERROR, "Invalid JSON body: " + problem.message());
            case NO_SUCH_PATH -> error(BasedashTitle.NOT_FOUND, problem.message());
            case WRONG_METHOD ->
                error(BasedashTitle.METHOD_NOT_ALLOWED, problem.message())
                        .with("allow", Route.of(request).allowed());
            case RATE_LIMITED -> limited(problem.message(), problem.retryAfter());
            case INJECTED -> injected(problem);
            case INTERNAL -> error(BasedashTitle.INTERNAL_SERVER_ERROR, problem.message());
        };
    }

    private static FakeResponse injected(FaceProblem problem) {
        String code = problem.code() == null ? "" : problem.code();
        if (code.equals(BasedashTitle.RATE_LIMIT_EXCEEDED.text())) {
            return limited(problem.message(), problem.retryAfter());
        }
        for (BasedashTitle title : BasedashTitle.values()) {
            if (title.text().equals(code)) {
                return error(title, problem.message());
            }
        }
        return FakeResponse.json(500, error(code, problem.message()));
    }

    private static FakeResponse limited(String message, @Nullable Duration retryAfter) {
        JsonObject error = problem(BasedashTitle.RATE_LIMIT_EXCEEDED.text(), message);
        Duration after = retryAfter == null ? Duration.ofSeconds(1) : retryAfter;
        // never too early
        error.addProperty("retryAfterMs", after.plusNanos(999_999).toMillis());
        return FakeResponse.json(BasedashTitle.RATE_LIMIT_EXCEEDED.status(), Values.object("error", error));
    }

    private static FakeResponse error(BasedashTitle title, String detail) {
        return FakeResponse.json(title.status(), error(title.text(), detail));
    }

    private static JsonObject error(String title, String detail) {
        return Values.object("error", problem(title, detail));
    }

    private static JsonObject problem(String title, String detail) {
        JsonObject problem = Values.object("title", title);
        problem.addProperty("detail", detail);
        return problem;
    }
}
