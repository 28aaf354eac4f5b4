package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SecretStoreException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("When a linked secret is rotated")
class RotationTest {

    private static final String FIRST = "{\"username\": \"app_1\", \"password\": \"pw-1\"}";
    private static final String SECOND = "{\"username\": \"app_2\", \"password\": \"pw-2\"}";

    private final SettableClock clock = new SettableClock();
    private final Sources.MapSecretStore vault = new Sources.MapSecretStore();
    private final FakeConnector connector = new FakeConnector();
    private final DataSourceRegistry registry = DataSourceRegistry.builder()
            .clock(clock)
            .secretStore("vault", vault)
            .connectors(List.of(connector))
            .background(BackgroundSettings.off())
            .build();
    private final DataSources sources = registry.environment("production");
    private DataSourceRecord orders;

    @BeforeEach
    void create() {
        vault.values.put("orders-db", FIRST);
        orders = sources.create(Sources.postgres("orders")
                .with("username", LinkedSecretRef.of("orders-db").atField("/username"))
                .with("password", LinkedSecretRef.of("orders-db").atField("/password")));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private FakeConnector.FakeClient client() {
        sources.connections().client("orders", String.class);
        return connector.clients.get(connector.clients.size() - 1);
    }

    private static String login(FakeConnector.FakeClient client) {
        return client.target.config().required("username") + "/"
                + client.target.config().required("password");
    }

    @Test
    @DisplayName("the pool is replaced with user and password together, after one fetch")
    void together() throws InterruptedException {
        FakeConnector.FakeClient before = client();
        assertThat(login(before)).isEqualTo("app_1/pw-1");
        assertThat(vault.fetched).hasSize(1);
        vault.values.put("orders-db", SECOND);
        clock.advance(Duration.ofMinutes(5));
        Sources.eventually(() -> login(client()).equals("app_2/pw-2"));
        assertThat(vault.fetched).hasSize(2);
        assertThat(before.retired).isTrue();
        assertThat(connector.clients).hasSize(2);
    }

    @Test
    @DisplayName("to a value that makes no difference here, the pool stays")
    void noDifference() throws InterruptedException {
        client();
        vault.values.put("orders-db", FIRST.replace("}", ", \"note\": \"rotated elsewhere\"}"));
        clock.advance(Duration.ofMinutes(5));
        Sources.eventually(() -> vault.fetched.size() == 2);
        client();
        assertThat(connector.clients).hasSize(1);
    }

    @Test
    @DisplayName("while its store is down, the pool goes on")
    void storeDown() throws InterruptedException {
        FakeConnector.FakeClient before = client();
        vault.values.remove("orders-db");
        clock.advance(Duration.ofMinutes(5));
        Sources.eventually(() -> vault.fetched.size() == 2);
        assertThat(client()).isSameAs(before);
        assertThat(before.retired).isFalse();
        vault.values.put("orders-db", SECOND);
        clock.advance(Duration.ofMinutes(5));
        Sources.eventually(() -> login(client()).equals("app_2/pw-2"));
    }

    @Test
    @DisplayName("a test whose login is rejected looks for the new value at once, and tries again once")
    void rejectedTest() {
        assertThat(sources.test(orders.id()).passed()).isTrue();
        vault.values.put("orders-db", SECOND);
        connector.onOpen = target -> {
            if (target.config().required("password").equals("pw-1")) {
                throw new ConnectorException(FailureCode.WRONG_CREDENTIALS, "no");
            }
        };
        assertThat(sources.test(orders.id()).passed()).isTrue();
        assertThat(vault.fetched).hasSize(2);
    }

    @Test
    @DisplayName("a login that is rejected again and again does not ask the store each time")
    void backsOff() {
        connector.onOpen = target -> {
            throw new ConnectorException(FailureCode.WRONG_CREDENTIALS, "no");
        };
        for (int i = 0; i < 10; i++) {
            assertThat(sources.test(orders.id()).passed()).isFalse();
        }
        assertThat(vault.fetched).hasSize(2);
        clock.advance(Duration.ofSeconds(2));
        sources.test(orders.id());
        assertThat(vault.fetched).hasSize(3);
    }

    @Test
    @DisplayName("a data source whose secret never was there says so, and works once it is")
    void neverThere() {
        sources.create(Sources.postgres("sales").with("password", LinkedSecretRef.of("sales-db")));
        assertThatThrownBy(() -> sources.connections().client("sales", String.class))
                .isInstanceOf(SecretStoreException.class)
                .hasMessageContaining("sales-db");
        vault.values.put("sales-db", "pw");
        clock.advance(Duration.ofMinutes(1));
        assertThat(sources.connections().client("sales", String.class)).isNotNull();
    }
}
