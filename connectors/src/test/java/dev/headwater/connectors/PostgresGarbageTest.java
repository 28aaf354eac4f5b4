package dev.headwater.connectors;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.testkit.FaultyServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("A server that answers a login to PostgreSQL with garbage")
class PostgresGarbageTest {

    @Provide
    Arbitrary<byte[]> garbage() {
        Arbitrary<byte[]> any =
                Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(60);
        // Bytes of the protocol get further into the driver.
        Arbitrary<byte[]> likely = Arbitraries.strings()
                .withChars("SNERKZvM\0\3\4\b\n\f\u0016")
                .ofMinLength(1)
                .ofMaxLength(60)
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
        return Arbitraries.oneOf(any, likely);
    }

    @Property(tries = 400)
    @Label("makes the login fail with a code, and leaves no connection")
    void fails(@ForAll("garbage") byte[] answer, @ForAll boolean tls) {
        try (FaultyServer server = FaultyServer.answering(answer)) {
            Map<String, Object> config = new HashMap<>(Map.of("database", "orders", "username", "app"));
            config.put("host", "localhost");
            config.put("port", (long) server.port());
            config.put("ssl.enabled", tls);
            ConnectorException failure = failure(() -> Connectors.postgresql()
                    .open(target("postgresql", config, Duration.ofSeconds(10), new Cancellation())));
            assertThat(failure).isNotNull().hasNoCause();
            assertThat(failure.failure())
                    .isNotIn(FailureCode.CANCELLED, FailureCode.UNKNOWN_HOST, FailureCode.DRIVER_MISSING);
            Await.until(() -> server.open() == 0);
        }
    }
}
