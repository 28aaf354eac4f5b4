package dev.headwater.connectors.internal.firebolt;

import dev.headwater.connectors.internal.http.HttpAnswer;
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
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Firebolt: https://docs.firebolt.io/guides/developing-with-firebolt/using-the-api. */
public final class FireboltKind implements RestKind {

    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,255}");

    private final FireboltSites sites;

    public FireboltKind() {
        this(FireboltSites.CLOUD);
    }

    /** @param sites where the service is */
    public FireboltKind(FireboltSites sites) {
        this.sites = sites;
    }

    @Override
    public String id() {
        return "firebolt";
    }

    @Override
    public HttpUrl site(ResolvedConfig config) {
        checked(config, "account", ACCOUNT);
        checked(config, "database", NAME);
        checked(config, "engine", NAME);
        config.required("client_id");
        config.required("client_secret");
        return sites.login().apply(config);
    }

    private static void checked(ResolvedConfig config, String field, Pattern pattern) {
        if (!pattern.matcher(config.required(field)).matches()) {
            throw new ConnectorException(FailureCode.INVALID_CONFIG, field + " is not a name that Firebolt can have");
        }
    }

    @Override
    public ConnectorSession open(ConnectionTarget target, RestClient http) {
        return new FireboltSession(target, http, FireboltEngine.logIn(target, http, sites));
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings settings) {
        return QueryClients.of(
                target,
                this::refusal,
                (one, http, sql) -> FireboltEngine.logIn(one, http, sites).query(sql));
    }

    /** Errors are JSON with a list of {@code errors}, or with {@code error}, or plain text. */
    @Override
    public Refusal refusal(HttpAnswer answer) {
        Json body = Json.parse(answer.body()).filter(Json::isObject).orElse(null);
        String message = body == null ? answer.body().strip() : message(body);
        if (message.startsWith("<") || answer.status() < 400) {
            return Refusal.ofStatus(answer.status(), "not an answer of Firebolt's")
                    .as(FailureCode.WRONG_SERVER, null);
        }
        Refusal refusal = Refusal.ofStatus(answer.status(), message);
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("does not exist") || lower.contains("not found")) {
            // Firebolt says it of what is there and not allowed, too.
            return refusal.as(
                    FailureCode.NO_SUCH_DATABASE,
                    "Check the names of account, database and engine, and that the service account's user may use them.");
        }
        return refusal;
    }

    private static String message(Json body) {
        for (Json error : body.get("errors").list()) {
            return error.get("description")
                    .text()
                    .orElse(error.get("name").text().orElse(""));
        }
        return body.get("error_description")
                .text()
                .or(() -> body.get("message").text())
                .or(() -> body.get("error").text())
                .orElse("");
    }
}
