package dev.headwater.connectors.internal.posthog;

import com.google.gson.JsonObject;
import dev.headwater.connectors.QueryClient;
import dev.headwater.connectors.internal.http.HttpAnswer;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.rest.Json;
import dev.headwater.connectors.internal.rest.QueryClients;
import dev.headwater.connectors.internal.rest.Refusal;
import dev.headwater.connectors.internal.rest.RestClient;
import dev.headwater.connectors.internal.rest.RestKind;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** PostHog, by queries: https://posthog.com/docs/api/queries. Its key needs the permission to read queries, and no other. */
public final class PostHogKind implements RestKind {

    private static final String DEFAULT_HOST = "us.posthog.com";
    private static final int HTTPS = 443;
    private static final Pattern PROJECT = Pattern.compile("[0-9]{1,18}|[0-9a-fA-F-]{36}|@current");

    private final Function<ResolvedConfig, HttpUrl> site;

    public PostHogKind() {
        this(PostHogKind::host);
    }

    /** @param site where the instance of a config is */
    public PostHogKind(Function<ResolvedConfig, HttpUrl> site) {
        this.site = site;
    }

    private static HttpUrl host(ResolvedConfig config) {
        Endpoint endpoint = Endpoint.of(config.text("host").orElse(DEFAULT_HOST), HTTPS);
        return new HttpUrl.Builder().scheme("https").host(endpoint.host()).build();
    }

    @Override
    public String id() {
        return "posthog";
    }

    @Override
    public HttpUrl site(ResolvedConfig config) {
        if (!PROJECT.matcher(config.required("project")).matches()) {
            throw new ConnectorException(FailureCode.INVALID_CONFIG, "project is not the ID of a project, a number");
        }
        config.required("access_token");
        return site.apply(config);
    }

    @Override
    public ConnectorSession open(ConnectionTarget target, RestClient http) {
        http.authorize(target.config().required("access_token"));
        PostHogSession session = new PostHogSession(target, http, queryUrl(target));
        session.probe();
        return session;
    }

    private HttpUrl queryUrl(ConnectionTarget target) {
        return site(target.config())
                .newBuilder()
                .addPathSegments("api/projects")
                .addPathSegment(target.config().required("project"))
                .addPathSegments("query/")
                .build();
    }

    static JsonObject hogQl(String query) {
        JsonObject one = new JsonObject();
        one.addProperty("kind", "HogQLQuery");
        one.addProperty("query", query);
        JsonObject request = new JsonObject();
        request.add("query", one);
        return request;
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings settings) {
        return QueryClients.of(target, this::refusal, (one, http, query) -> {
            http.authorize(one.config().required("access_token"));
            return result(http.post(queryUrl(one), hogQl(query), "run a query"));
        });
    }

    /** Types come as pairs of a column and its type, and only if the server gives them. */
    private static QueryClient.Result result(Json answer) {
        List<Json> names = answer.get("columns").list();
        List<Json> types = answer.get("types").list();
        List<QueryClient.Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String type = i < types.size()
                    ? types.get(i).list().stream()
                            .skip(1)
                            .findFirst()
                            .flatMap(Json::text)
                            .orElse("")
                    : "";
            columns.add(new QueryClient.Column(names.get(i).text().orElse(""), type));
        }
        return new QueryClient.Result(columns, QueryClients.rows(answer.get("results")));
    }

    /** Errors: https://posthog.com/docs/api#responses: {@code type}, {@code code}, {@code detail} and {@code attr}. */
    @Override
    public Refusal refusal(HttpAnswer answer) {
        Optional<Json> body =
                Json.parse(answer.body()).filter(json -> !json.get("detail").isAbsent());
        if (body.isEmpty()) {
            return answer.status() >= 500 || answer.status() == 429
                    ? Refusal.ofStatus(answer.status(), "")
                    : Refusal.ofStatus(answer.status(), "not an answer of PostHog's")
                            .as(FailureCode.WRONG_SERVER, null);
        }
        Refusal refusal = Refusal.ofStatus(
                answer.status(), body.get().get("detail").text().orElse(""));
        return switch (refusal.code()) {
            case NO_SUCH_DATABASE ->
                refusal.as(
                        FailureCode.NO_SUCH_DATABASE,
                        "Check the ID of the project, and that the host is its region's.");
            case PERMISSION_DENIED ->
                refusal.as(
                        FailureCode.PERMISSION_DENIED,
                        "Give the personal API key access to the project, with the scope query:read.");
            case WRONG_CREDENTIALS ->
                refusal.as(
                        FailureCode.WRONG_CREDENTIALS,
                        "Check the personal API key (phx_…), and that the host is its region's.");
            default -> refusal;
        };
    }
}
