package dev.headwater.connectors.internal.search;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.TlsSettings;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the config of a search source says, checked: any of it may come from a secret. Prints nothing of it. Immutable. */
final class SearchSettings {

    private static final Logger LOG = LoggerFactory.getLogger(SearchSettings.class);

    private static final ExtraProperties NO_EXTRA = new ExtraProperties(Map.of());
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~%-]+)*/?");
    private static final Pattern CLOUD_PART = Pattern.compile("[A-Za-z0-9-]{1,63}");

    private final String kind;
    private final ResolvedConfig config;
    private final boolean tls;
    private final Endpoint endpoint;
    private final String path;

    private SearchSettings(String kind, ResolvedConfig config) {
        this.kind = kind;
        this.config = config;
        NO_EXTRA.of(config);
        boolean withoutTls = config.flag("ignore_ssl", false);
        if (config.required("server_type").equals("self-managed")) {
            URI url = url(config.required("server_url"));
            this.tls = url.getScheme().equalsIgnoreCase("https") && !withoutTls;
            int port = url.getPort() >= 0 ? url.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
            this.endpoint = Endpoint.of(url.getHost(), port);
            this.path = url.getRawPath();
        } else {
            if (withoutTls) {
                throw invalid("ignore_ssl must be false for a deployment in the cloud");
            }
            this.tls = true;
            this.endpoint = cloud(config.required("cloud_id"));
            this.path = "";
        }
        if (authenticated()
                && (user().isEmpty() || user().indexOf(':') >= 0 || password().isEmpty())) {
            throw invalid("username and password must not be empty, and username must hold no colon");
        }
    }

    /** @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if the config cannot be used */
    static SearchSettings of(String kind, ResolvedConfig config) {
        return new SearchSettings(kind, config);
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme());
            if ((scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && PATH.matcher(url.getRawPath()).matches()) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Its message repeats the text.
        }
        throw invalid("server_url must be a URL with http or https, and without user, query and fragment");
    }

    /** The ID is a name, a colon, and in Base64 the host, the ID of the deployment and that of Kibana, parted by dollars. */
    private static Endpoint cloud(String id) {
        try {
            byte[] decoded = Base64.getDecoder().decode(id.substring(id.lastIndexOf(':') + 1));
            String[] parts = new String(decoded, StandardCharsets.UTF_8).split("\\$", -1);
            if (parts.length >= 2 && CLOUD_PART.matcher(parts[1]).matches()) {
                int colon = parts[0].indexOf(':');
                String host = colon < 0 ? parts[0] : parts[0].substring(0, colon);
                long port = colon < 0 ? HTTPS_PORT : Long.parseLong(parts[0].substring(colon + 1));
                return Endpoint.of(parts[1] + "." + Endpoint.of(host, port).host(), port);
            }
        } catch (IllegalArgumentException e) {
            // Its message repeats a part of the text.
        }
        throw invalid("cloud_id must be the ID that the cloud shows for the deployment: a name, a colon and Base64");
    }

    private static ConnectorException invalid(String message) {
        return new ConnectorException(FailureCode.INVALID_CONFIG, message);
    }

    /** {@return how the server is verified; logs a warning if it is not, or if there is no TLS} */
    TlsSettings verification() {
        if (!tls) {
            LOG.warn("a source of kind {} at {} is talked to without TLS", kind, endpoint);
        }
        return config.flag("ignore_verify_cert", false)
                ? TlsSettings.unverified(kind, "ignore_verify_cert")
                : TlsSettings.VERIFIED;
    }

    String kind() {
        return kind;
    }

    boolean tls() {
        return tls;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** {@return the path that all others begin with: empty, or with a slash at its beginning and none at its end} */
    String path() {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private boolean authenticated() {
        return !config.flag("disable_auth", false);
    }

    private String user() {
        return config.text("username").orElse("");
    }

    private String password() {
        return config.text("password").orElse("");
    }

    /** {@return the value of the header {@code Authorization}; empty for none} */
    Optional<String> authorization() {
        @Nullable String text = authenticated() ? user() + ":" + password() : null;
        return Optional.ofNullable(text)
                .map(both -> "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
    }
}
