package dev.headwater.connectors.internal.firebolt;

import dev.headwater.connectors.QueryClient;
import dev.headwater.connectors.internal.http.HttpAnswer;
import dev.headwater.connectors.internal.rest.Json;
import dev.headwater.connectors.internal.rest.QueryClients;
import dev.headwater.connectors.internal.rest.RestClient;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * An engine with a database chosen. The server chooses by {@code USE}: its answers say in headers where to go from then
 * on and what to add to each URL, as Firebolt's own drivers read them.
 */
final class FireboltEngine {

    private final RestClient http;
    private final FireboltSites sites;
    private HttpUrl url;

    private FireboltEngine(RestClient http, FireboltSites sites, HttpUrl url) {
        this.http = http;
        this.sites = sites;
        this.url = url;
    }

    static FireboltEngine logIn(ConnectionTarget target, RestClient http, FireboltSites sites) {
        ResolvedConfig config = target.config();
        HttpUrl login = sites.login()
                .apply(config)
                .newBuilder()
                .addPathSegments("oauth/token")
                .build();
        Json token = http.postForm(
                login,
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "audience",
                        "https://api.firebolt.io",
                        "client_id",
                        config.required("client_id"),
                        "client_secret",
                        config.required("client_secret")),
                "log in to Firebolt");
        http.authorize(token.need("access_token"));
        HttpUrl account = sites.api()
                .apply(config)
                .newBuilder()
                .addPathSegments("web/v3/account")
                .addPathSegment(config.required("account"))
                .addPathSegment("engineUrl")
                .build();
        String address = http.get(account, "find the account").need("engineUrl");
        FireboltEngine engine = new FireboltEngine(http, sites, url(sites, address));
        engine.use("DATABASE", config.required("database"));
        engine.use("ENGINE", config.required("engine"));
        return engine;
    }

    /** The token goes there, so the answer of a server must not send it just anywhere. */
    private static HttpUrl url(FireboltSites sites, String address) {
        HttpUrl url = sites.engine().apply(address);
        if (url == null) {
            throw new ConnectorException(
                    FailureCode.WRONG_SERVER, "the server names an engine that is not at Firebolt");
        }
        return url.encodedPath().equals("/")
                ? url.newBuilder().encodedPath("/query").build()
                : url;
    }

    private void use(String what, String name) {
        String sql = "USE " + what + " " + identifier(name);
        HttpAnswer answer = http.postText(url, sql, "use the " + what.toLowerCase(Locale.ROOT) + " " + name);
        answer.header("Firebolt-Update-Endpoint").ifPresent(address -> moveTo(url(sites, address)));
        answer.header("Firebolt-Update-Parameters").ifPresent(this::addParameters);
    }

    private void moveTo(HttpUrl next) {
        HttpUrl.Builder merged = next.newBuilder();
        for (String name : url.queryParameterNames()) {
            if (next.queryParameter(name) == null) {
                merged.addQueryParameter(name, url.queryParameter(name));
            }
        }
        url = merged.build();
    }

    private void addParameters(String header) {
        HttpUrl.Builder changed = url.newBuilder();
        for (String parameter : header.split(",")) {
            String[] parts = parameter.split("=", 2);
            if (parts.length == 2) {
                changed.setQueryParameter(parts[0].strip(), parts[1].strip());
            }
        }
        url = changed.build();
    }

    private static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Runs a query; its answer comes in the format JSON_Compact, with the types of the columns. */
    QueryClient.Result query(String sql) {
        HttpUrl to = url.newBuilder()
                .setQueryParameter("output_format", "JSON_Compact")
                .build();
        String body = http.postText(to, sql, "run a query").body();
        if (body.isBlank()) {
            return new QueryClient.Result(List.of(), List.of());
        }
        Json answer = Json.parse(body)
                .filter(Json::isObject)
                .orElseThrow(() -> new ConnectorException(
                        FailureCode.WRONG_SERVER, "could not run a query: the answer is no JSON object"));
        failIfItSays(answer);
        List<QueryClient.Column> columns = new ArrayList<>();
        for (Json column : answer.get("meta").list()) {
            columns.add(new QueryClient.Column(column.need("name"), column.need("type")));
        }
        return new QueryClient.Result(columns, QueryClients.rows(answer.get("data")));
    }

    /** A query that fails after it began to answer has the status 200. */
    private void failIfItSays(Json answer) {
        List<Json> errors = answer.get("errors").list();
        if (!errors.isEmpty()) {
            throw new ConnectorException(
                    FailureCode.FAILED,
                    http.line("could not run a query: "
                            + errors.get(0).get("description").text().orElse("no description")));
        }
    }
}
