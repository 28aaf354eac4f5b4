package dev.headwater.connectors.internal.databricks;

import dev.headwater.connectors.internal.DriverKind;
import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.JdbcClient;
import dev.headwater.connectors.internal.http.HttpAnswer;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.rest.Json;
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
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * A SQL warehouse of Databricks: https://docs.databricks.com/api/workspace/statementexecution. Service principals log in as in
 * https://docs.databricks.com/aws/en/dev-tools/auth/oauth-m2m.
 */
public final class DatabricksKind implements RestKind {

    static final String CATALOG = "ConnCatalog";

    private static final int DEFAULT_PORT = 443;
    private static final Pattern WAREHOUSE =
            Pattern.compile("/?sql/1\\.0/(?:warehouses|endpoints)/([0-9a-zA-Z]{1,64})/?");

    /** The last two are for the vendor's driver, and so for pools alone. */
    private static final ExtraProperties EXTRA = new ExtraProperties(Map.of(
            CATALOG, "[^\\p{Cntrl}]{1,255}", "SocketTimeout", ExtraProperties.COUNT, "UserAgentEntry", "[ -~]{1,100}"));

    private final Function<ResolvedConfig, HttpUrl> site;

    public DatabricksKind() {
        this(DatabricksKind::workspace);
    }

    /** @param site where the workspace of a config is */
    public DatabricksKind(Function<ResolvedConfig, HttpUrl> site) {
        this.site = site;
    }

    private static HttpUrl workspace(ResolvedConfig config) {
        Endpoint endpoint = Endpoint.of(config.required("host"), config.number("port", DEFAULT_PORT));
        return new HttpUrl.Builder()
                .scheme("https")
                .host(endpoint.host())
                .port(endpoint.port())
                .build();
    }

    @Override
    public String id() {
        return "databricks";
    }

    @Override
    public ExtraProperties extra() {
        return EXTRA;
    }

    @Override
    public HttpUrl site(ResolvedConfig config) {
        warehouse(config);
        if (config.text("access_token").isEmpty()) {
            config.required("client_id");
            config.required("client_secret");
        }
        return site.apply(config);
    }

    private static String warehouse(ResolvedConfig config) {
        Matcher matcher = WAREHOUSE.matcher(config.required("http_path"));
        if (!matcher.matches()) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    "http_path must be that of a SQL warehouse, such as /sql/1.0/warehouses/abc123");
        }
        return matcher.group(1);
    }

    /** {@return the token of the config, or a new one for its service principal} Blocks in the latter case. */
    private String token(ResolvedConfig config, RestClient http) {
        Optional<String> token = config.text("access_token");
        if (token.isPresent()) {
            return token.get();
        }
        Json answer = http.postForm(
                site(config).newBuilder().addPathSegments("oidc/v1/token").build(),
                Map.of("grant_type", "client_credentials", "scope", "all-apis"),
                config.required("client_id"),
                config.required("client_secret"),
                "log in to Databricks");
        return answer.need("access_token");
    }

    /** {@return such a token for a driver, without characters that would not stay within a header} */
    String token(ConnectionTarget target) {
        try (RestClient http = RestClient.of(target, this::refusal)) {
            String token = token(target.config(), http);
            http.authorize(token);
            return token;
        }
    }

    @Override
    public ConnectorSession open(ConnectionTarget target, RestClient http) {
        ResolvedConfig config = target.config();
        http.authorize(token(config, http));
        DatabricksSql sql = new DatabricksSql(http, site(config), warehouse(config), target.timeout());
        DatabricksSession session = new DatabricksSession(target, http, sql);
        session.checkPresence();
        return session;
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings settings) {
        return JdbcClient.open(driver(), target, settings);
    }

    /** {@return how pools log in} */
    public DriverKind driver() {
        return new DatabricksDriver(this);
    }

    /** Errors: {@code error_code} and {@code message}; of tokens {@code error} and {@code error_description}. */
    @Override
    public Refusal refusal(HttpAnswer answer) {
        Json body = Json.parse(answer.body()).filter(Json::isObject).orElse(null);
        Optional<String> message = body == null
                ? Optional.empty()
                : body.get("message")
                        .text()
                        .or(() -> body.get("error_description").text());
        if (body == null
                || (message.isEmpty()
                        && body.get("error_code").isAbsent()
                        && body.get("error").isAbsent())) {
            boolean busy = answer.status() >= 500 || answer.status() == 429;
            Refusal refusal = Refusal.ofStatus(answer.status(), "");
            // A proxy in front of the workspace says no to bad tokens without JSON.
            return busy || answer.status() == 401 || answer.status() == 403
                    ? refusal
                    : refusal.as(FailureCode.WRONG_SERVER, null);
        }
        Refusal refusal = Refusal.ofStatus(answer.status(), message.orElse(""));
        String error = body.get("error").text().orElse("");
        if (error.equals("invalid_client") || error.equals("unauthorized_client")) {
            return refusal.as(FailureCode.WRONG_CREDENTIALS, null);
        }
        return refusal.code() == FailureCode.NO_SUCH_DATABASE
                ? refusal.as(FailureCode.NO_SUCH_DATABASE, "Check the ID of the SQL warehouse in http_path.")
                : refusal;
    }
}
