package dev.headwater.connectors.internal.google;

import dev.headwater.connectors.internal.Failures;
import dev.headwater.connectors.internal.http.GatedHttp;
import dev.headwater.connectors.internal.http.HttpAnswer;
import dev.headwater.connectors.internal.net.TlsSettings;
import dev.headwater.connectors.internal.rest.Json;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Predicate;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Who this process is to Google: the service account whose key file its environment names, else the one that the metadata
 * server of its machine gives it. These are the parts of
 * https://cloud.google.com/docs/authentication/application-default-credentials that servers use; files in the home of the
 * host's user are not read. A config decides nothing here, so neither the network policy nor a tunnel has a part in it.
 */
public final class ProcessIdentity implements GoogleLogin {

    /** As Google's own libraries call them. */
    private static final String KEY_FILE = "GOOGLE_APPLICATION_CREDENTIALS";

    private static final String METADATA_HOST = "GCE_METADATA_HOST";

    /** https://cloud.google.com/compute/docs/metadata/overview: both the request and the answer have it. */
    private static final String FLAVOR = "Metadata-Flavor";

    private static final long MAX_ANSWER_BYTES = 1 << 20;
    private static final String HINT =
            "Give this process an identity: a machine with a service account, or " + KEY_FILE + ".";

    private final Map<String, String> environment;
    private final Predicate<HttpUrl> tokenServer;

    /**
     * An identity as an environment says.
     *
     * @param tokenServer whether a service account may name this as its {@code token_uri}
     */
    public ProcessIdentity(Map<String, String> environment, Predicate<HttpUrl> tokenServer) {
        this.environment = Map.copyOf(environment);
        this.tokenServer = tokenServer;
    }

    @Override
    public Token token(ConnectionTarget target, String scope, Clock clock) {
        Failures.refuseCancelled(target);
        ConnectionTarget own = new ConnectionTarget(
                target.kind(),
                ResolvedConfig.of(Map.of()),
                (host, address, port) -> true,
                target.hostKeys(),
                target.timeout(),
                target.cancellation());
        String file = environment.getOrDefault(KEY_FILE, "");
        return file.isBlank() ? ofMachine(own, scope) : account(file).token(own, scope, clock);
    }

    private ServiceAccount account(String file) {
        try {
            return ServiceAccount.parse(Files.readString(Path.of(file)), tokenServer);
        } catch (IOException | UncheckedIOException | InvalidPathException | ConnectorException e) {
            throw new ConnectorException(
                    FailureCode.FAILED,
                    "this process has no usable identity: the file of " + KEY_FILE
                            + " is not the readable key of a service account");
        }
    }

    private Token ofMachine(ConnectionTarget target, String scope) {
        Request request = new Request.Builder()
                .url(metadata()
                        .addPathSegments("computeMetadata/v1/instance/service-accounts/default/token")
                        .addQueryParameter("scopes", scope)
                        .build())
                .header(FLAVOR, "Google")
                .build();
        try (GatedHttp http = GatedHttp.open(target, TlsSettings.VERIFIED)) {
            HttpAnswer answer = http.send(request, MAX_ANSWER_BYTES);
            Json token = Json.parse(answer.body()).filter(Json::isObject).orElse(null);
            if (!answer.ok() || !answer.header(FLAVOR).orElse("").equals("Google") || token == null) {
                throw none("the metadata server answers with status " + answer.status() + " and no token");
            }
            return new Token(token.need("access_token"), seconds(token));
        } catch (IOException e) {
            throw unreachable(Failures.translate(
                    (cause, config) -> null,
                    target.config(),
                    target.cancellation(),
                    "ask the metadata server for the identity of this process",
                    e));
        }
    }

    private HttpUrl.Builder metadata() {
        String at = environment.getOrDefault(METADATA_HOST, "");
        HttpUrl url = HttpUrl.parse("http://" + (at.isBlank() ? "metadata.google.internal" : at.strip()));
        if (url == null) {
            throw none(METADATA_HOST + " is no host");
        }
        return url.newBuilder();
    }

    private static long seconds(Json token) {
        String text = token.get("expires_in").text().orElse("");
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
    }

    private static ConnectorException unreachable(ConnectorException failure) {
        return switch (failure.failure()) {
            case UNKNOWN_HOST, CONNECTION_REFUSED, CONNECTION_LOST -> none("there is no metadata server");
            default -> failure;
        };
    }

    private static ConnectorException none(String why) {
        return new ConnectorException(
                FailureCode.WRONG_CREDENTIALS, "this process has no identity of Google's: " + why, HINT);
    }

    @Override
    public String toString() {
        return "ProcessIdentity";
    }
}
