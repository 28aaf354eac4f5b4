package dev.headwater.connectors.internal.google;

import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Emulators in place of the service: plain HTTP, and no credentials are sent. */
public final class Emulators {

    private static final String FIELD = "emulator_host";
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\],]+):([0-9]{1,5})");

    private Emulators() {}

    /**
     * {@return where the emulator of the config is; empty if it has none}
     *
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if that is not one host and a port
     */
    public static Optional<Endpoint> endpoint(ResolvedConfig config) {
        return config.text(FIELD).filter(text -> !text.isBlank()).map(Emulators::parse);
    }

    private static Endpoint parse(String text) {
        Matcher matcher = HOST_AND_PORT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new ConnectorException(FailureCode.INVALID_CONFIG, FIELD + " must be one host:port");
        }
        return Endpoint.of(matcher.group(1), Long.parseLong(matcher.group(2)));
    }

    /** {@return the same as the beginning of a URL} */
    public static Optional<HttpUrl> url(ResolvedConfig config) {
        return endpoint(config)
                .map(at -> new HttpUrl.Builder()
                        .scheme("http")
                        .host(at.host())
                        .port(at.port())
                        .build());
    }
}
