package dev.headwater.core.internal.secret.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.SecretCacheSettings;
import dev.headwater.spi.SecretStoreException.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The metrics of the secret cache")
class SecretCacheMetricsTest {

    @Test
    @DisplayName("count fetches by outcome, hits and stale values, and tell the age of the oldest value served")
    void counted() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (CacheFixture fixture =
                CacheFixture.direct(SecretCacheSettings.defaults(), new MicrometerSecretMetrics(meters))) {
            fixture.store.set("db", "pl4nted");
            fixture.read("db");
            fixture.clock.advance(Duration.ofSeconds(10));
            fixture.read("db");
            fixture.read("db");
            fixture.assertFails("missing", Reason.NOT_FOUND);
            assertThat(meters.get(MicrometerSecretMetrics.HITS)
                            .tag("store", "main")
                            .functionCounter()
                            .count())
                    .isEqualTo(2);
            assertThat(oldest(meters)).isEqualTo(10);

            fixture.store.fail(Reason.UNAVAILABLE);
            fixture.clock.advance(Duration.ofMinutes(10));
            fixture.read("db");
            assertThat(fetches(meters, "success")).isEqualTo(1);
            assertThat(fetches(meters, "secret-not-found")).isEqualTo(1);
            assertThat(fetches(meters, "secret-store-unavailable")).isEqualTo(1);
            assertThat(meters.get(MicrometerSecretMetrics.STALE)
                            .tag("store", "main")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(oldest(meters)).isEqualTo(610);
            assertThat(meters.getMetersAsString()).doesNotContain("pl4nted");
        }
        assertThat(meters.find(MicrometerSecretMetrics.HITS).meter()).isNull();
        assertThat(meters.find(MicrometerSecretMetrics.STALE).meter()).isNull();
        assertThat(meters.find(MicrometerSecretMetrics.OLDEST).meter()).isNull();
    }

    private static long fetches(SimpleMeterRegistry meters, String outcome) {
        return meters.get(MicrometerSecretMetrics.FETCHES)
                .tags("store", "main", "outcome", outcome)
                .timer()
                .count();
    }

    private static double oldest(SimpleMeterRegistry meters) {
        return meters.get(MicrometerSecretMetrics.OLDEST)
                .tag("store", "main")
                .timeGauge()
                .value(TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("are not needed: the cache works without Micrometer on the class path")
    void withoutMicrometer() throws Exception {
        URL[] urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("micrometer"))
                .map(SecretCacheMetricsTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            assertThat(loader.getResource("io/micrometer/core/instrument/MeterRegistry.class"))
                    .isNull();
            Object read = loader.loadClass(WithoutMicrometer.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();

            assertThat(((Callable<?>) read).call()).isEqualTo("one");
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Loaded by the class loader that has no Micrometer. */
    public static final class WithoutMicrometer implements Callable<String> {

        @Override
        public String call() {
            try (CacheFixture fixture = CacheFixture.threaded()) {
                fixture.store.set("db", "one");
                return fixture.read("db");
            }
        }
    }
}
