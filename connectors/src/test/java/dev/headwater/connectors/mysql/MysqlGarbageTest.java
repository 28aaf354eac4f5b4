package dev.headwater.connectors.mysql;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Await;
import dev.headwater.connectors.Connectors;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.testkit.FaultyServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("A server that greets who logs in to MySQL with garbage")
class MysqlGarbageTest {

    @Provide
    Arbitrary<byte[]> garbage() {
        Arbitrary<byte[]> any =
                Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(60);
        // The driver waits for the rest of what is no whole packet. One that begins as a greeting does gets further.
        Arbitrary<byte[]> packet = any.map(MysqlGarbageTest::framed);
        Arbitrary<byte[]> greeting = any.map(body -> {
            body[0] = 10;
            return framed(body);
        });
        return Arbitraries.oneOf(packet, greeting);
    }

    private static byte[] framed(byte[] body) {
        byte[] framed = new byte[body.length + 4];
        framed[0] = (byte) body.length;
        System.arraycopy(body, 0, framed, 4, body.length);
        return framed;
    }

    @Property(tries = 80)
    @Label("makes the login fail with a code that tells of the server, and leaves no connection")
    void fails(@ForAll("garbage") byte[] answer, @ForAll boolean tls) {
        // A packet that begins with this is an error, as the server words it.
        boolean error = answer.length > 4 && answer[4] == (byte) 0xff;
        try (FaultyServer server = FaultyServer.answering(answer)) {
            Map<String, Object> config = new HashMap<>(Map.of("database", "orders", "username", "app"));
            config.put("host", "localhost");
            config.put("port", (long) server.port());
            config.put("ssl.enabled", tls);
            ConnectorException failure = failure(
                    () -> Connectors.mysql().open(target("mysql", config, Duration.ofMillis(100), new Cancellation())));
            assertThat(failure).isNotNull().hasNoCause();
            if (!error) {
                assertThat(failure.failure())
                        .as(failure.getMessage())
                        .isIn(
                                FailureCode.WRONG_SERVER,
                                FailureCode.CONNECTION_LOST,
                                FailureCode.TIMED_OUT,
                                FailureCode.TLS_FAILED);
            }
            Await.until(() -> server.open() == 0);
        }
    }
}
