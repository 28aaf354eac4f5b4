package dev.headwater.connectors.internal.rest;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.http.HttpAnswer;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.util.Map;
import okhttp3.HttpUrl;

/** What one kind adds to the connector that all kinds with an HTTP API share. Stateless, and safe for use by many threads. */
public interface RestKind {

    /** {@return the id of the kind} */
    String id();

    /** {@return the extra properties that it lets through} */
    default ExtraProperties extra() {
        return new ExtraProperties(Map.of());
    }

    /**
     * Checks the config and says where the API is. Does no I/O.
     *
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if the config cannot be used
     */
    HttpUrl site(ResolvedConfig config);

    /**
     * Logs in, and checks that what the config names is there.
     *
     * @param http for the calls of this session
     */
    ConnectorSession open(ConnectionTarget target, RestClient http);

    /** Makes a client. Does no I/O. */
    ConnectorClient client(ConnectionTarget target, ClientSettings settings);

    /** {@return what an answer means whose status is not of the 200s} */
    Refusal refusal(HttpAnswer answer);
}
