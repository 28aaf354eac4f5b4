package dev.headwater.connectors.internal.google;

import dev.headwater.spi.ResolvedConfig;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import okhttp3.HttpUrl;

/**
 * Where an API of Google is, and which servers may give tokens for it.
 *
 * @param root the beginning of the URLs of the API
 * @param tokenServer whether a service account may name this as its {@code token_uri}: it gets a signed assertion, so
 *     it must not be just anybody's
 * @param clock when assertions are made
 */
public record GoogleApi(Function<ResolvedConfig, HttpUrl> root, Predicate<HttpUrl> tokenServer, Clock clock) {

    /** {@return Google's own API at the host, for accounts whose tokens come from Google} */
    public static GoogleApi at(String host) {
        HttpUrl root = new HttpUrl.Builder().scheme("https").host(host).build();
        return new GoogleApi(config -> root, GoogleApi::isGoogle, Clock.systemUTC());
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
