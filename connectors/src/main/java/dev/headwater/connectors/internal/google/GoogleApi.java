package dev.headwater.connectors.internal.google;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import okhttp3.HttpUrl;

/**
 * Where an API of Google is, and which servers may give tokens for it.
 *
 * @param root the beginning of the URLs of the API
 * @param tokenServer whether a service account may name this as its {@code token_uri}: it gets a signed assertion, so
 *     it must not be just anybody's
 * @param process the identity of this process, if configs without a key may use it
 * @param clock when assertions are made
 */
public record GoogleApi(
        Function<ResolvedConfig, HttpUrl> root,
        Predicate<HttpUrl> tokenServer,
        Optional<ProcessIdentity> process,
        Clock clock) {

    private static final String KEY = "credentials_json";

    /**
     * {@return Google's own API at the host, for accounts whose tokens come from Google}
     *
     * @param processCredentials whether configs without a key may use the identity of this process
     */
    public static GoogleApi at(String host, boolean processCredentials) {
        HttpUrl root = new HttpUrl.Builder().scheme("https").host(host).build();
        Optional<ProcessIdentity> process = processCredentials
                ? Optional.of(new ProcessIdentity(System.getenv(), GoogleApi::isGoogle))
                : Optional.empty();
        return new GoogleApi(config -> root, GoogleApi::isGoogle, process, Clock.systemUTC());
    }

    /**
     * {@return as whom a config logs in, where no emulator takes the service's place}
     *
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if it has no usable key, and may not do without
     */
    public GoogleLogin login(ResolvedConfig config) {
        Optional<String> key = config.text(KEY).filter(text -> !text.isBlank());
        return key.isPresent()
                ? ServiceAccount.parse(key.get(), tokenServer)
                : process.orElseThrow(() -> new ConnectorException(
                        FailureCode.INVALID_CONFIG,
                        KEY + " is not given, and this application lets no data source use its own Google identity",
                        "Set " + KEY + "; or let the application allow its own identity"
                                + " (Connectors.googleWithProcessCredentials)."));
    }

    static boolean isGoogle(HttpUrl url) {
        String host = url.host().toLowerCase(Locale.ROOT);
        return url.isHttps()
                && url.port() == 443
                && url.username().isEmpty()
                && url.password().isEmpty()
                && (host.equals("accounts.google.com") || host.endsWith(".googleapis.com"));
    }
}
