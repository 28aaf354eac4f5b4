package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.core.FakeConnector.FakeClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client that nobody uses")
class UnusedClientsTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final SettableClock clock = new SettableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FakeConnector connector = new FakeConnector();
    private final DataSourceRegistry registry = DataSourceRegistry.builder()
            .clock(clock)
            .metrics(meters)
            .connectors(List.of(connector))
            .background(BackgroundSettings.off())
            .unusedPoolTimeout(LIMIT)
            .pollInterval(Duration.ofMillis(5))
            .build();
    private final DataSources sources = registry.environment("production");

    /** Unused in all tests: when it is gone, everything was looked at. */
    private FakeClient witness;

    @BeforeEach
    void witness() {
        witness = closable("witness");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private FakeClient client(String name) {
        if (sources.findByName(name).isEmpty()) {
            sources.create(Sources.postgres(name));
        }
        assertThat(sources.connections().client(name, String.class)).isNotNull();
        return connector.clients.get(connector.clients.size() - 1);
    }

    private FakeClient closable(String name) {
        FakeClient client = client(name);
        client.mayCloseWhenUnused = true;
        return client;
    }

    @Test
    @DisplayName("is closed after a while, and made again at the next use")
    void closed() throws InterruptedException {
        assertThat(sources.connections().state("witness")).isPresent();
        assertThat(meters.get("headwater.clients").gauge().value()).isEqualTo(1);
        clock.advance(LIMIT);
        Sources.eventually(() -> witness.closed);
        Sources.eventually(() -> meters.get("headwater.clients").gauge().value() == 0);
        assertThat(witness.retired).isTrue();
        assertThat(sources.connections().state("witness")).isEmpty();
        assertThat(client("witness")).isNotSameAs(witness);
        assertThat(sources.connections().state("witness")).isPresent();
    }

    @Test
    @DisplayName("stays until its time is up, which begins with each use")
    void used() throws InterruptedException {
        FakeClient orders = closable("orders");
        clock.advance(LIMIT.minusNanos(1));
        String again = sources.connections().client("orders", String.class);
        assertThat(again).isNotNull();
        clock.advance(Duration.ofNanos(1));
        Sources.eventually(() -> witness.closed);
        assertThat(orders.retired).isFalse();
        clock.advance(LIMIT);
        Sources.eventually(() -> orders.closed);
    }

    @Test
    @DisplayName("stays if its users hold it")
    void held() throws InterruptedException {
        FakeClient orders = client("orders");
        clock.advance(LIMIT);
        Sources.eventually(() -> witness.closed);
        assertThat(orders.retired).isFalse();
    }

    @Test
    @DisplayName("has a use that lasts, and stays until its time is up after that")
    void inUse() throws InterruptedException {
        FakeClient orders = closable("orders");
        orders.inUse = 1;
        clock.advance(LIMIT);
        Sources.eventually(() -> witness.closed);
        assertThat(orders.retired).isFalse();
        orders.inUse = 0;
        FakeClient other = closable("witness");
        clock.advance(LIMIT);
        Sources.eventually(() -> other.closed && orders.closed);
    }

    @Test
    @DisplayName("is not cut off who got it in the last moment, however long that lasts")
    void lastMoment() throws InterruptedException {
        FakeClient orders = closable("orders");
        // Nobody is in use when it is looked at, and somebody when it goes.
        orders.onRetire = () -> orders.inUse = 1;
        clock.advance(LIMIT);
        Sources.eventually(() -> orders.retired && witness.closed);
        FakeClient other = closable("witness");
        clock.advance(Duration.ofDays(1));
        Sources.eventually(() -> other.closed);
        assertThat(orders.closed).isFalse();
        orders.inUse = 0;
        Sources.eventually(() -> orders.closed);
    }

    @Test
    @DisplayName("that takes its time to end holds up no other")
    void slow() throws InterruptedException {
        CountDownLatch silence = new CountDownLatch(1);
        FakeClient orders = closable("orders");
        orders.onClose = () -> {
            try {
                silence.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        clock.advance(LIMIT);
        Sources.eventually(() -> orders.retired && witness.closed);
        FakeClient other = closable("witness");
        clock.advance(LIMIT);
        Sources.eventually(() -> other.closed);
        silence.countDown();
        Sources.eventually(() -> orders.closed);
    }

    @Test
    @DisplayName("has a time that is positive")
    void positive() {
        assertThatThrownBy(() -> DataSourceRegistry.builder().unusedPoolTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unused pool timeout");
    }
}
