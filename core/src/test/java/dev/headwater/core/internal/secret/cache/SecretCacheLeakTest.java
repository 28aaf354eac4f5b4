package dev.headwater.core.internal.secret.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.spi.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The secret cache tells no secret")
class SecretCacheLeakTest {

    private static final String SECRET = "pl4nted-S3cret-value";

    private final CacheFixture fixture = CacheFixture.direct();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @DisplayName("of a store that breaks its promise, not even when it throws an Error")
    void brokenStore() {
        fixture.store.fail(() -> new NoClassDefFoundError(SECRET));

        assertThatExceptionOfType(SecretStoreException.class)
                .isThrownBy(() -> fixture.read("db"))
                .withMessageContaining("NoClassDefFoundError")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE))
                .satisfies(e -> {
                    StringWriter trace = new StringWriter();
                    e.printStackTrace(new PrintWriter(trace, true));
                    assertThat(trace.toString()).doesNotContain(SECRET);
                });
    }

    @Test
    @DisplayName("when it prints what it holds")
    void printed() {
        fixture.store.set("db", SECRET);
        fixture.read("db");
        fixture.reject("db", SECRET);
        Rejection rejection = Rejection.noted(null, SecretValue.of(SECRET), new Fetch(cached(), 0), 0);

        assertThat(fixture.cache.toString() + cached() + rejection).doesNotContain(SECRET);
    }

    private CachedSecret cached() {
        CachedSecret cached = fixture.cache.cached("main", "db");
        assertThat(cached).isNotNull();
        return cached;
    }

    @Test
    @DisplayName("in its log, where a name cannot forge a line either")
    void logged() {
        String name = "db\n[main] ERROR forged";
        fixture.store.set(name, SECRET);
        fixture.cache.watch("main", name, (storeName, secret) -> {
            throw new IllegalStateException(fixture.read(secret));
        });
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            fixture.read(name);
            fixture.store.set(name, SECRET + "2");
            fixture.reject(name, SECRET);
            fixture.store.fail(() -> new IllegalStateException(SECRET));
            fixture.advance(Duration.ofMinutes(5));
        } finally {
            System.setErr(before);
        }

        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("a listener failed", "cannot refresh secret db\\u000a[main] ERROR forged")
                .doesNotContain(SECRET)
                .doesNotContain("\n[main] ERROR forged");
    }
}
