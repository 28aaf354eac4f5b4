package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.TestReport;
import dev.headwater.spi.TestReport.Outcome;
import dev.headwater.spi.TestReport.Step;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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

    @Test
    @DisplayName(
            "asks for a missing secret once more in each test, of what is stored and of what is not, and no more often")
    void missingInTests() {
        create("orders");
        DataSourceDraft draft = Sources.postgres("draft").with("password", LinkedSecretRef.of("db"));
        for (int i = 1; i <= 3; i++) {
            assertThat(secretsStep(sources.test(sources.getByName("orders").id())))
                    .isEqualTo(Outcome.FAILED);
            assertThat(secretsStep(sources.test(draft))).isEqualTo(Outcome.FAILED);
            assertThatExceptionOfType(SecretStoreException.class)
                    .isThrownBy(() -> sources.create(draft, WriteOptions.DEFAULT.requireSecrets()));
            assertThatExceptionOfType(SecretStoreException.class).isThrownBy(() -> password("orders"));
            assertThat(vault.fetched).hasSize(3 * i);
        }
        vault.values.put("db", "{\"user\":\"app\",\"password\":\"pl4nted\"}");

        assertThat(secretsStep(sources.test(draft))).isEqualTo(Outcome.PASSED);
        assertThat(password("orders")).isEqualTo("pl4nted");
        assertThat(secretsStep(sources.test(sources.getByName("orders").id()))).isEqualTo(Outcome.PASSED);
        assertThat(vault.fetched).hasSize(10);
    }

    private static Outcome secretsStep(TestReport report) {
        return report.steps().get(Step.RESOLVE_SECRETS.ordinal()).outcome();
    }

    @Test
    @DisplayName(
            "fetches each of 100 secrets once for 1,000 data sources and 64 threads, and once more when all have rotated")
    void many() throws Exception {
        rotateAll("pl4nted");
        for (int i = 0; i < 1_000; i++) {
            sources.create(
                    Sources.postgres("source_" + i).with("password", LinkedSecretRef.of("db-" + letters(i % 100))));
        }

        assertThat(passwordsOfAll()).hasSize(100);
        assertThat(vault.fetched).hasSize(100).doesNotHaveDuplicates();

        rotateAll("r0tated");
        clock.advance(Duration.ofMinutes(1));
        assertThat(passwordsOfAll()).hasSize(100).allMatch(password -> password.startsWith("r0tated"));
        assertThat(vault.fetched).hasSize(200);
    }

    private void rotateAll(String prefix) {
        for (int i = 0; i < 100; i++) {
            vault.values.put("db-" + letters(i), prefix + i);
        }
    }

    private static String letters(int number) {
        return "" + (char) ('a' + number / 26) + (char) ('a' + number % 26);
    }

    private Set<String> passwordsOfAll() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            List<Callable<String>> reads = IntStream.range(0, 1_000)
                    .<Callable<String>>mapToObj(i -> () -> password("source_" + i))
                    .toList();
            Set<String> passwords = new HashSet<>();
            for (Future<String> read : threads.invokeAll(reads)) {
                passwords.add(read.get());
            }
            return passwords;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("fetches once what a store tells to be one secret, though it is linked by names in different case")
    void oneIdentity() {
        Sources.MapSecretStore folding = new Sources.MapSecretStore() {
            @Override
            public String normalize(String reference) {
                return reference;
            }

            @Override
            public String identity(String name) {
                return name.toLowerCase(Locale.ROOT);
            }
        };
        folding.values.put("db", "pl4nted");
        try (DataSourceRegistry folded =
                DataSourceRegistry.builder().secretStore("vault", folding).build()) {
            DataSources environment = folded.environment("production");
            for (String name : List.of("db", "DB", "Db")) {
                DataSourceRecord record = environment.create(
                        Sources.postgres("source_" + name).with("password", LinkedSecretRef.of(name)));
                assertThat(environment.resolve(record.id()).required("password"))
                        .isEqualTo("pl4nted");
                assertThat(record.config().get("password"))
                        .isInstanceOfSatisfying(
                                ConfigValue.Linked.class,
                                linked -> assertThat(linked.secret().name()).isEqualTo(name));
            }
        }

        assertThat(folding.fetched).containsExactly("db");
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
