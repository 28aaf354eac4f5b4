package dev.headwater.connectors.internal.spanner;

import dev.headwater.connectors.internal.google.Emulators;
import dev.headwater.connectors.internal.google.GoogleApi;
import dev.headwater.connectors.internal.google.GoogleNames;
import dev.headwater.connectors.internal.google.GoogleRefusals;
import dev.headwater.connectors.internal.google.GoogleTokens;
import dev.headwater.connectors.internal.http.HttpAnswer;
import dev.headwater.connectors.internal.rest.QueryClients;
import dev.headwater.connectors.internal.rest.Refusal;
import dev.headwater.connectors.internal.rest.RestClient;
import dev.headwater.connectors.internal.rest.RestKind;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Google Cloud Spanner: https://cloud.google.com/spanner/docs/reference/rest. */
public final class SpannerKind implements RestKind {

    private static final String SCOPE = "https://www.googleapis.com/auth/spanner.data";
    private static final Pattern INSTANCE = Pattern.compile("[a-z][a-z0-9-]{0,62}[a-z0-9]");
    private static final Pattern DATABASE = Pattern.compile("[a-z][a-z0-9_-]{0,28}[a-z0-9]");

    private final GoogleApi api;

    /** @param processCredentials whether a config without a key may use the identity of this process */
    public SpannerKind(boolean processCredentials) {
        this(GoogleApi.at("spanner.googleapis.com", processCredentials));
    }

    /** @param api where the service is */
    public SpannerKind(GoogleApi api) {
        this.api = api;
    }

    @Override
    public String id() {
        return "spanner";
    }

    @Override
    public HttpUrl site(ResolvedConfig config) {
        databaseUrl(config, HttpUrl.get("https://unused.invalid"));
        return Emulators.url(config).orElseGet(() -> {
            api.login(config);
            return api.root().apply(config);
        });
    }

    private static HttpUrl databaseUrl(ResolvedConfig config, HttpUrl root) {
        return root.newBuilder()
                .addPathSegments("v1/projects")
                .addPathSegment(GoogleNames.project(config))
                .addPathSegment("instances")
                .addPathSegment(
                        GoogleNames.checked("instance", config.required("instance"), INSTANCE, "the ID of an instance"))
                .addPathSegment("databases")
                .addPathSegment(
                        GoogleNames.checked("database", config.required("database"), DATABASE, "the ID of a database"))
                .build();
    }

    private SpannerSql logIn(ConnectionTarget target, RestClient http) {
        if (Emulators.url(target.config()).isEmpty()) {
            GoogleTokens.logIn(http, target, api.login(target.config()), SCOPE, api.clock());
        }
        return SpannerSql.open(http, databaseUrl(target.config(), site(target.config())));
    }

    @Override
    public ConnectorSession open(ConnectionTarget target, RestClient http) {
        return new SpannerSession(target, http, logIn(target, http));
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings settings) {
        return QueryClients.of(target, this::refusal, (one, http, sql) -> {
            try (SpannerSql session = logIn(one, http)) {
                return session.run(sql);
            }
        });
    }

    @Override
    public Refusal refusal(HttpAnswer answer) {
        Refusal refusal = GoogleRefusals.read(answer);
        return refusal.code() == FailureCode.NO_SUCH_DATABASE
                ? refusal.as(FailureCode.NO_SUCH_DATABASE, "Check the names of project, instance and database.")
                : refusal;
    }
}
