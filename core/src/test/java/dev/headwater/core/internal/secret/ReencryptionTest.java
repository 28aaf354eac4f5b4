package dev.headwater.core.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import com.google.crypto.tink.Aead;
import dev.headwater.core.EncryptionException;
import dev.headwater.core.EncryptionKeys;
import dev.headwater.core.ReencryptionReport;
import dev.headwater.core.ReencryptionReport.Position;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Sealing anew under the primary key")
class ReencryptionTest {

    private static final String OLD = EncryptionKeys.generateKey().reveal();
    private static final String NEW = EncryptionKeys.generateKey().reveal();
    private static final String LOST = EncryptionKeys.generateKey().reveal();

    private final SealedSecretRows store = new SealedSecretRows();
    private final SecretSealer rotated = SecretSealer.with(
            EncryptionKeys.builder().primary("new", NEW).add("old", OLD).build());
    private final SecretSealer newOnly =
            SecretSealer.with(EncryptionKeys.builder().primary("new", NEW).build());

    @Test
    @DisplayName("leaves every secret readable with the new key alone")
    void all() {
        fill("old", OLD, 120);

        ReencryptionReport report = run(rotated);

        assertThat(report.keyId()).isEqualTo("new");
        assertThat(report.scanned()).isEqualTo(120);
        assertThat(report.resealed()).isEqualTo(120);
        assertThat(report.skipped()).isZero();
        assertThat(report.failed()).isZero();
        assertThat(report.remaining()).isZero();
        assertThat(report.position()).isNull();
        assertThat(report.complete()).isTrue();
        assertReadable(newOnly, 120);
    }

    @Test
    @DisplayName("does nothing where nothing is under another key")
    void nothing() {
        fill("new", NEW, 3);
        List<SealedSecret> before = store.all();

        ReencryptionReport report = run(rotated);

        assertThat(report.scanned()).isZero();
        assertThat(report.complete()).isTrue();
        assertThat(store.all()).isEqualTo(before);
    }

    @Test
    @DisplayName("tells how it stands after each batch")
    void progress() {
        fill("old", OLD, 120);
        List<ReencryptionReport> reports = new ArrayList<>();

        Reencryption.run(store, rotated, null, reports::add);

        assertThat(reports).extracting(ReencryptionReport::scanned).containsExactly(50L, 100L, 120L);
        assertThat(reports).extracting(ReencryptionReport::remaining).containsOnlyNulls();
        assertThat(reports).noneMatch(ReencryptionReport::complete);
        assertThat(reports.get(0).position()).isEqualTo(new Position(environment(49), id(49)));
    }

    @Test
    @DisplayName("can begin where another run stood")
    void position() {
        fill("old", OLD, 10);

        ReencryptionReport report =
                Reencryption.run(store, rotated, new Position(environment(6), id(6)), ignored -> {});

        assertThat(report.scanned()).isEqualTo(3);
        assertThat(report.remaining()).isEqualTo(7);
        assertThat(report.complete()).isFalse();
    }

    @ParameterizedTest(name = "at call {0}")
    @MethodSource("calls")
    @DisplayName("loses nothing when the store fails, and ends when begun again")
    void storeFails(int calls) {
        fill("old", OLD, 120);
        store.failAfter(calls);

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> run(rotated));
        assertReadable(rotated, 120);
        store.failAfter(Integer.MAX_VALUE);

        assertThat(run(rotated).complete()).isTrue();
        assertReadable(newOnly, 120);
    }

    /** Four batches with one call for each secret in them, and one that counts. */
    static IntStream calls() {
        return IntStream.range(0, 4 + 120 + 1);
    }

    @Test
    @DisplayName("goes on past a secret that does not open, and tells its place")
    void unreadable() {
        fill("old", OLD, 60);
        SecretSealer lost =
                SecretSealer.with(EncryptionKeys.builder().primary("lost", LOST).build());
        SealedSecret orphan = seal(lost, 7, Planted.SECRET);
        store.put(orphan);
        SealedSecret damaged = SecretSealerPropertyTest.withText(seal(with("old", OLD), 9, "x"), "AQID");
        store.put(damaged);

        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream console = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        ReencryptionReport report;
        try {
            report = run(rotated);
        } finally {
            System.setErr(console);
        }

        assertThat(report.resealed()).isEqualTo(58);
        assertThat(report.failed()).isEqualTo(2);
        assertThat(report.remaining()).isEqualTo(2);
        assertThat(report.complete()).isFalse();
        assertThat(report.failures())
                .extracting(
                        ReencryptionReport.Failure::environment,
                        ReencryptionReport.Failure::dataSource,
                        ReencryptionReport.Failure::field,
                        ReencryptionReport.Failure::secret,
                        ReencryptionReport.Failure::keyId,
                        ReencryptionReport.Failure::code)
                .containsExactly(
                        tuple(
                                environment(7),
                                DataSourceId.of("source-7"),
                                "password",
                                id(7),
                                "lost",
                                "encryption-key-unknown"),
                        tuple(
                                environment(9),
                                DataSourceId.of("source-9"),
                                "password",
                                id(9),
                                "old",
                                "decryption-failed"));
        assertThat(store.all()).contains(orphan, damaged);
        assertThat(report.toString()).doesNotContain(Planted.SECRET);
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("2 failed, 2 remaining")
                .doesNotContain(Planted.SECRET, OLD, NEW);
    }

    @Test
    @DisplayName("lists the first thousand failures, and counts them all")
    void manyFailures() {
        fill("lost", LOST, ReencryptionReport.MAX_FAILURES + 5);

        ReencryptionReport report = run(rotated);

        assertThat(report.failed()).isEqualTo(ReencryptionReport.MAX_FAILURES + 5);
        assertThat(report.failures()).hasSize(ReencryptionReport.MAX_FAILURES);
    }

    @Test
    @DisplayName("leaves alone what somebody else changed meanwhile")
    void changedMeanwhile() {
        fill("old", OLD, 1);
        SealedSecret changed = seal(with("other", LOST), 0, "x");
        store.beforeReseal(() -> store.put(changed));

        ReencryptionReport report = run(rotated);

        assertThat(report.skipped()).isEqualTo(1);
        assertThat(report.resealed()).isZero();
        assertThat(report.remaining()).isEqualTo(1);
        assertThat(store.all()).containsExactly(changed);
    }

    @Test
    @DisplayName("counts what another node still sealed under the old key while it ran")
    void lateWriter() {
        fill("old", OLD, 2);
        store.beforeReseal(() -> {
            store.beforeReseal(() -> {});
            store.put(new SealedSecret(
                    EnvironmentId.of("a-first"), id(0), DataSourceId.of("late"), "password", "old", "AQID"));
        });

        ReencryptionReport report = run(rotated);

        assertThat(report.resealed()).isEqualTo(2);
        assertThat(report.failed()).isZero();
        assertThat(report.remaining()).isEqualTo(1);
        assertThat(report.complete()).isFalse();
    }

    @Test
    @DisplayName("does each secret once when two nodes run at once")
    void twoNodes() throws Exception {
        fill("old", OLD, 200);
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            List<CompletableFuture<ReencryptionReport>> runs = new ArrayList<>();
            for (int node = 0; node < 2; node++) {
                runs.add(CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                together.await(30, TimeUnit.SECONDS);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                            return run(rotated);
                        },
                        nodes));
            }
            long resealed = 0;
            for (CompletableFuture<ReencryptionReport> run : runs) {
                ReencryptionReport report = run.get(60, TimeUnit.SECONDS);
                assertThat(report.failed()).isZero();
                assertThat(report.resealed() + report.skipped()).isEqualTo(report.scanned());
                resealed += report.resealed();
            }
            assertThat(resealed).isEqualTo(200);
        } finally {
            nodes.shutdownNow();
        }
        assertReadable(newOnly, 200);
    }

    @Test
    @DisplayName("replaces nothing with what the new key cannot open again")
    void forgetfulKey() throws Exception {
        fill("old", OLD, 3);
        Aead real =
                EncryptionKeys.builder().primary("new", NEW).build().key("new").orElseThrow();
        Aead forgetful = new Aead() {
            @Override
            public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
                return real.encrypt(new byte[0], associatedData);
            }

            @Override
            public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
                return real.decrypt(ciphertext, associatedData);
            }
        };
        List<SealedSecret> before = store.all();
        SecretSealer broken = SecretSealer.with(EncryptionKeys.builder()
                .primary("new", forgetful)
                .add("old", OLD)
                .build());

        assertThatExceptionOfType(EncryptionException.class)
                .isThrownBy(() -> run(broken))
                .withMessageContaining("does not open to the same value");
        assertThat(store.all()).isEqualTo(before);
    }

    @Test
    @DisplayName("needs a key to seal with")
    void withoutKeys() {
        assertThatIllegalStateException().isThrownBy(() -> run(SecretSealer.withoutKeys()));
    }

    private ReencryptionReport run(SecretSealer sealer) {
        return Reencryption.run(store, sealer, null, progress -> {});
    }

    private void fill(String keyId, String key, int count) {
        SecretSealer sealer = with(keyId, key);
        for (int i = 0; i < count; i++) {
            store.put(seal(sealer, i, "value-" + i));
        }
    }

    private void assertReadable(SecretSealer sealer, int count) {
        List<SealedSecret> secrets = store.all();
        assertThat(secrets).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(sealer.open(secrets.get(i)).reveal()).isEqualTo("value-" + i);
        }
    }

    private static SecretSealer with(String keyId, String key) {
        return SecretSealer.with(EncryptionKeys.builder().primary(keyId, key).build());
    }

    private static SealedSecret seal(SecretSealer sealer, int number, String value) {
        return sealer.seal(
                environment(number),
                DataSourceId.of("source-" + number),
                "password",
                id(number),
                SecretValue.of(value));
    }

    /** Two environments, the first half of a hundred in one of them. */
    private static EnvironmentId environment(int number) {
        return EnvironmentId.of(number < 50 ? "env-1" : "env-2");
    }

    private static SecretId id(int number) {
        return new SecretId(String.format("%06d", number));
    }
}
