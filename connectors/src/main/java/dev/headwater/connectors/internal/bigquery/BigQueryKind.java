package dev.headwater.connectors.internal.bigquery;

import dev.headwater.connectors.internal.google.GoogleApi;
import dev.headwater.connectors.internal.google.GoogleNames;
import dev.headwater.connectors.internal.google.GoogleRefusals;
import dev.headwater.connectors.internal.google.GoogleTokens;
import dev.headwater.connectors.internal.google.ServiceAccount;
import dev.headwater.connectors.internal.http.HttpAnswer;
import dev.headwater.connectors.internal.rest.Refusal;
import dev.headwater.connectors.internal.rest.RestClient;
import dev.headwater.connectors.internal.rest.RestKind;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.ResolvedConfig;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Google BigQuery: https://cloud.google.com/bigquery/docs/reference/rest. */
public final class BigQueryKind implements RestKind {

    static final String SCOPE = "https://www.googleapis.com/auth/bigquery";

    private static final Pattern DATASET = Pattern.compile("[\\p{L}\\p{N}_-]{1,1024}");
    private static final Pattern LOCATION = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final GoogleApi api;

    public BigQueryKind() {
        this(GoogleApi.at("bigquery.googleapis.com", false));
    }

    /** @param api where the service is */
    public BigQueryKind(GoogleApi api) {
        this.api = api;
    }

    @Override
    public String id() {
        return "bigquery";
    }

    @Override
    public HttpUrl site(ResolvedConfig config) {
        GoogleNames.project(config);
        dataset(config);
        location(config);
        account(config);
        return api.root().apply(config);
    }

    @Override
    public ConnectorSession open(ConnectionTarget target, RestClient http) {
        GoogleTokens.logIn(http, target, account(target.config()), SCOPE, api.clock());
        BigQuerySession session = new BigQuerySession(
                target,
                http,
                api.root().apply(target.config()),
                GoogleNames.project(target.config()),
                dataset(target.config()),
                location(target.config()));
        session.checkPresence();
        return session;
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings settings) {
        return BigQuerySdk.client(
                target,
                api.root().apply(target.config()),
                account(target.config()),
                api.clock(),
                GoogleNames.project(target.config()),
                location(target.config()));
    }

    @Override
    public Refusal refusal(HttpAnswer answer) {
        return GoogleRefusals.read(answer);
    }

    private ServiceAccount account(ResolvedConfig config) {
        return ServiceAccount.parse(config.required("credentials_json"), api.tokenServer());
    }

    /** {@return the dataset; empty for all of the project} */
    private static String dataset(ResolvedConfig config) {
        String dataset = config.text("dataset").orElse("");
        return dataset.isEmpty() ? dataset : GoogleNames.checked("dataset", dataset, DATASET, "the ID of a dataset");
    }

    /** {@return the location; empty if none is given} */
    private static String location(ResolvedConfig config) {
        String location = config.text("location").orElse("");
        return location.isEmpty()
                ? location
                : GoogleNames.checked("location", location, LOCATION, "a location such as US or europe-west4");
    }
}
