package dev.headwater.connectors.internal.firebolt;

import dev.headwater.spi.ResolvedConfig;
import java.util.Locale;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where Firebolt is.
 *
 * @param login the beginning of the URL of the token server
 * @param api the beginning of the URL of the API of accounts
 * @param engine the URL of an engine from what the API calls it, a host with a query; null if it must not get the token
 */
public record FireboltSites(
        Function<ResolvedConfig, HttpUrl> login,
        Function<ResolvedConfig, HttpUrl> api,
        Function<String, @Nullable HttpUrl> engine) {

    /** The service. */
    static final FireboltSites CLOUD = new FireboltSites(
            config -> HttpUrl.get("https://id.app.firebolt.io"),
            config -> HttpUrl.get("https://api.app.firebolt.io"),
            FireboltSites::engineUrl);

    static @Nullable HttpUrl engineUrl(String address) {
        String bare = address.startsWith("https://") ? address.substring("https://".length()) : address;
        HttpUrl url = HttpUrl.parse("https://" + bare);
        boolean good = url != null
                && url.port() == 443
                && url.username().isEmpty()
                && url.password().isEmpty()
                && url.host().toLowerCase(Locale.ROOT).endsWith(".firebolt.io");
        return good ? url : null;
    }
}
