package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SecretStoreException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Resolving linked secrets")
class LinkedSecretsTest {

    private final SettableClock clock = new SettableClock();
    private final Sources.MapSecretStore vault = new Sources.MapSecretStore();
    private final DataSourceRegistry registry = DataSourceRegistry.builder()
            .clock(clock)
            .secretStore("vault", vault)
            .secretCache(SecretCacheSettings.defaults().withFreshFor(Duration.ofMinutes(1)))
            .build();
    private final DataSources sources = registry.environment("production");

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    @DisplayName("fetches one secret once, for all fields and data sources that link to it")
    void once() {
        vault.values.put("db", "{\"user\":\"app\",\"password\":\"pl4nted\"}");
        for (int i = 0; i < 10; i++) {
            create("source_" + i);
            assertThat(password("source_" + i)).isEqualTo("pl4nted");
        }

        assertThat(vault.fetched).containsExactly("db");
    }

    @Test
    @DisplayName("sees a rotated secret when the old one is no longer fresh")
    void rotated() {
        vault.values.put("db", "{\"user\":\"app\",\"password\":\"pl4nted\"}");
        create("orders");
        assertThat(password("orders")).isEqualTo("pl4nted");
        vault.values.put("db", "{\"user\":\"app\",\"password\":\"r0tated\"}");
        assertThat(password("orders")).isEqualTo("pl4nted");
        clock.advance(Duration.ofMinutes(1));

        assertThat(password("orders")).isEqualTo("r0tated");
    }

    @Test
    @DisplayName("asks again for a missing secret ten seconds later")
    void missing() {
        create("orders");
        assertThatExceptionOfType(SecretStoreException.class).isThrownBy(() -> password("orders"));
        vault.values.put("db", "{\"user\":\"app\",\"password\":\"pl4nted\"}");
        assertThatExceptionOfType(SecretStoreException.class).isThrownBy(() -> password("orders"));
        clock.advance(Duration.ofSeconds(10));

        assertThat(password("orders")).isEqualTo("pl4nted");
    }

    private void create(String name) {
        sources.create(Sources.postgres(name)
                .with("username", LinkedSecretRef.of("db").atField("/user"))
                .with("password", LinkedSecretRef.of("db").atField("/password")));
    }

    private String password(String name) {
        return sources.resolve(sources.getByName(name).id()).required("password");
    }
}
