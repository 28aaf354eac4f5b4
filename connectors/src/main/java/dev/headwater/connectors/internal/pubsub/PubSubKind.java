package dev.headwater.connectors.internal.pubsub;

import dev.headwater.connectors.internal.google.Emulators;
import dev.headwater.connectors.internal.google.GoogleApi;
import dev.headwater.connectors.internal.google.GoogleNames;
import dev.headwater.connectors.internal.google.GoogleRefusals;
import dev.headwater.connectors.internal.google.GoogleTokens;
import dev.headwater.connectors.internal.http.HttpAnswer;
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

/** Google Pub/Sub: https://cloud.google.com/pubsub/docs/reference/rest. */
public final class PubSubKind implements RestKind {

    static final String SCOPE = "https://www.googleapis.com/auth/pubsub";

    /** As in https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._~+%-]{2,254}");

    private final GoogleApi api;

    /** @param processCredentials whether a config without a key may use the identity of this process */
    public PubSubKind(boolean processCredentials) {
        this(GoogleApi.at("pubsub.googleapis.com", processCredentials));
    }

    /** @param api where the service is */
    public PubSubKind(GoogleApi api) {
        this.api = api;
    }

    @Override
    public String id() {
        return "pubsub";
    }

    @Override
    public HttpUrl site(ResolvedConfig config) {
        GoogleNames.project(config);
        subscription(config);
        return Emulators.url(config).orElseGet(() -> {
            api.login(config);
            return api.root().apply(config);
        });
    }

    static String subscription(ResolvedConfig config) {
        return GoogleNames.checked("subscription", config.required("subscription"), NAME, "the ID of a subscription");
    }

    @Override
    public ConnectorSession open(ConnectionTarget target, RestClient http) {
        if (Emulators.url(target.config()).isEmpty()) {
            GoogleTokens.logIn(http, target, api.login(target.config()), SCOPE, api.clock());
        }
        PubSubSession session = new PubSubSession(target, http, site(target.config()));
        session.probe();
        return session;
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings settings) {
        return PubSubSdk.client(target, api);
    }

    @Override
    public Refusal refusal(HttpAnswer answer) {
        Refusal refusal = GoogleRefusals.read(answer);
        return refusal.code() == FailureCode.NO_SUCH_DATABASE
                ? refusal.as(FailureCode.NO_SUCH_DATABASE, "Check the names of the project and of the subscription.")
                : refusal;
    }
}
