package dev.headwater.connectors;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Short ways to say what tests connect to. */
public final class Targets {

    public static final Duration TIMEOUT = Duration.ofSeconds(20);

    private Targets() {}

    public static ConnectionTarget target(String kind, Map<String, Object> config) {
        return target(kind, config, TIMEOUT, new Cancellation());
    }

    public static ConnectionTarget target(
            String kind, Map<String, Object> config, Duration timeout, Cancellation cancellation) {
        return new ConnectionTarget(
                kind, ResolvedConfig.of(config), NetworkPolicy.refuseLinkLocal(), timeout, cancellation);
    }

    public static ConnectorException failure(ThrowingCallable call) {
        return catchThrowableOfType(ConnectorException.class, call);
    }
}
