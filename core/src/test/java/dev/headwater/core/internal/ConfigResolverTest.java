package dev.headwater.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.InMemoryStore;
import dev.headwater.core.SecretCacheSettings;
import dev.headwater.core.internal.secret.SecretSealer;
import dev.headwater.core.internal.secret.SecretStores;
import dev.headwater.core.internal.secret.cache.SecretCache;
import dev.headwater.core.internal.secret.cache.SecretCacheMetrics;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.LinkedSecret;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.ValueEncoding;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Resolving a config")
class ConfigResolverTest {

    @Test
    @DisplayName("takes user and password from one version of their secret, however fast it is rotated")
    void oneVersion() {
        AtomicInteger version = new AtomicInteger();
        try (SecretCache cache = SecretCache.open(
                        (store, name) -> json(version.incrementAndGet()),
                        List.of("vault"),
                        SecretCacheSettings.defaults(),
                        new HurryingClock(),
                        SecretCacheMetrics.NONE);
                InMemoryStore store = new InMemoryStore()) {
            ConfigResolver resolver =
                    new ConfigResolver(store, SecretSealer.ephemeral(), new SecretStores(Map.of(), null), cache);
            PendingConfig config = PendingConfig.stored(Map.of(
                    "username", linked("/user"),
                    "password", linked("/password")));
            for (int i = 1; i <= 3; i++) {
                ResolvedConfig resolved = resolver.resolve(EnvironmentId.of("production"), Map.of(), config)
                        .config();

                assertThat(resolved.required("username")).isEqualTo("user" + i);
                assertThat(resolved.required("password")).isEqualTo("password" + i);
            }
        }
    }

    private static SecretValue json(int version) {
        return SecretValue.of("{\"user\":\"user" + version + "\",\"password\":\"password" + version + "\"}");
    }

    private static ConfigValue linked(String field) {
        return new ConfigValue.Linked(new LinkedSecret("vault", "db", field, ValueEncoding.PLAIN), Instant.EPOCH);
    }

    /** An hour passes whenever somebody looks at it, so that nothing in a cache is ever fresh. */
    private static final class HurryingClock extends Clock {

        private final AtomicLong now = new AtomicLong();

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(now.addAndGet(3_600));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
