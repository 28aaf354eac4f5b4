package dev.headwater.connectors.rest;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.connectors.KindFixture;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.TableSchema;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Short ways to use a fixture. */
final class Connecting {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private Connecting() {}

    static ConnectionTarget target(KindFixture fixture, Map<String, Object> changes) {
        Map<String, Object> config = new LinkedHashMap<>(fixture.workingConfig());
        config.putAll(changes);
        return new ConnectionTarget(
                fixture.kind(),
                ResolvedConfig.of(config),
                NetworkPolicy.refuseLinkLocal(),
                TIMEOUT,
                new Cancellation());
    }

    static ConnectorSession open(KindFixture fixture, Map<String, Object> changes) {
        return fixture.connector().open(target(fixture, changes));
    }

    static List<TableSchema> tables(KindFixture fixture, Map<String, Object> changes) {
        try (ConnectorSession session = open(fixture, changes)) {
            return session.readTables(1_000, read -> {}).tables();
        }
    }

    /** {@return how opening and asking fails} */
    static ConnectorException failure(KindFixture fixture, Map<String, Object> changes) {
        return failure(() -> {
            try (ConnectorSession session = open(fixture, changes)) {
                session.probe();
            }
        });
    }

    static ConnectorException failure(ThrowingCallable call) {
        return catchThrowableOfType(ConnectorException.class, call);
    }
}
