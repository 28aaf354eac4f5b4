package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.FailureCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Live connections")
class ConnectionsTest {

    private final SettableClock clock = new SettableClock();
    private final FakeConnector connector = new FakeConnector();
    private final DataSourceRegistry registry = DataSourceRegistry.builder()
            .clock(clock)
            .connectors(List.of(connector))
            .background(BackgroundSettings.off())
            .pollInterval(Duration.ofMillis(5))
            .build();
    private final DataSources sources = registry.environment("production");

    @AfterEach
    void close() {
        registry.close();
    }

    private String client(String name) {
        return sources.connections().client(name, String.class);
    }

    @Test
    @DisplayName("are made once, of the size that the data source says")
    void madeOnce() {
        sources.create(Sources.postgres("orders").with("pool.max_size", 7));
        assertThat(client("orders")).isEqualTo("client of db.example.com");
        client("orders");
        assertThat(connector.clients).hasSize(1);
        assertThat(connector.clients.get(0).settings.maxPoolSize()).isEqualTo(7);
    }

    @Test
    @DisplayName("are replaced when the config changes, and stay when only texts do")
    void replaced() {
        DataSourceRecord orders = sources.create(Sources.postgres("orders"));
        client("orders");
        sources.update(
                orders.id(), DataSourcePatch.NONE.setLabel("team", "core").rename("sales"));
        assertThat(client("sales")).isEqualTo("client of db.example.com");
        assertThat(connector.clients).hasSize(1);
        sources.update(orders.id(), DataSourcePatch.setting("host", "new.example.com"));
        assertThat(client("sales")).isEqualTo("client of new.example.com");
        assertThat(connector.clients.get(0).retired).isTrue();
    }

    @Test
    @DisplayName("in use when they are replaced go on, and are closed when nobody uses them or their time is up")
    void graceForUse() throws Exception {
        DataSourceRecord orders = sources.create(Sources.postgres("orders"));
        client("orders");
        FakeConnector.FakeClient first = connector.clients.get(0);
        first.inUse = 1;
        sources.update(orders.id(), DataSourcePatch.setting("host", "new.example.com"));
        client("orders");
        assertThat(first.closed).isFalse();
        clock.advance(Duration.ofMinutes(2));
        Sources.eventually(() -> first.closed);
    }

    @Test
    @DisplayName("of a deleted data source end")
    void deleted() throws Exception {
        DataSourceRecord orders = sources.create(Sources.postgres("orders"));
        client("orders");
        sources.delete(orders.id());
        Sources.eventually(() -> connector.clients.get(0).closed);
        assertThatThrownBy(() -> client("orders")).isInstanceOf(DataSourceNotFoundException.class);
    }

    @Test
    @DisplayName("of another type than asked for are refused by name")
    void wrongType() {
        sources.create(Sources.postgres("orders"));
        assertThatThrownBy(() -> sources.connections().client("orders", Integer.class))
                .isInstanceOf(Connections.WrongClientTypeException.class)
                .hasMessageContaining("java.lang.String");
    }

    @Test
    @DisplayName("that cannot be made do not keep others from being made")
    void brokenOne() {
        sources.create(DataSourceDraft.of("duckdb", "broken").with("database", ":memory:"));
        sources.create(Sources.postgres("orders"));
        assertThatThrownBy(() -> client("broken"))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        e -> assertThat(e.failure()).isEqualTo(FailureCode.CONNECTOR_MISSING));
        assertThat(client("orders")).isNotNull();
    }

    @Test
    @DisplayName("end with the registry")
    void endWithRegistry() {
        sources.create(Sources.postgres("orders"));
        client("orders");
        registry.close();
        assertThat(connector.clients.get(0).closed).isTrue();
    }
}
