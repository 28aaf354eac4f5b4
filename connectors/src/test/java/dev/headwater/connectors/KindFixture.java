package dev.headwater.connectors;

import dev.headwater.spi.Connector;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import java.util.Map;
import java.util.Optional;

/**
 * How the suites get at one kind: what to connect to, and how to make it go wrong. Named by {@code fixture} in
 * {@code kinds/<kind>.properties} of the test resources, so it has a public constructor without parameters.
 */
public interface KindFixture {

    /** {@return the id of the kind} */
    String kind();

    /** {@return the connector of the kind} */
    default Connector connector() {
        return Connectors.all().stream()
                .filter(connector -> connector.kinds().contains(kind()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no connector for " + kind()));
    }

    /** {@return a config that works; starts the server at the first call, one for the whole JVM} */
    Map<String, Object> workingConfig();

    /** {@return one of the tables that the source holds, as the connector must read it} */
    TableSchema knownTable();

    /** {@return changes that make the credentials wrong, by {@code secret}; empty for a kind without credentials} */
    default Optional<Map<String, Object>> wrongCredentials(String secret) {
        return Optional.of(Map.of("password", SecretValue.of(secret)));
    }

    /** {@return changes that name a database that is not there; empty where there is no such thing} */
    default Optional<Map<String, Object>> missingDatabase() {
        return Optional.of(Map.of("database", "not_there"));
    }

    /** {@return changes that send it to a port of the loopback interface; empty for a kind without a network} */
    default Optional<Map<String, Object>> atPort(int port) {
        return Optional.of(Map.of("port", (long) port));
    }
}
