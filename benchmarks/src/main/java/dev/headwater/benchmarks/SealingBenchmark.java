package dev.headwater.benchmarks;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.headwater.core.EncryptionKeys;
import dev.headwater.core.internal.secret.SecretSealer;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.SecretValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Sealing and opening a password of 24 characters under AES-256-GCM. The peers work on bytes, with associated data that is
 * ready; Headwater also makes the associated data, turns text into bytes and Base64 and back, and checks it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class SealingBenchmark {

    private static final String FIELD = "password";

    private final SecretValue password = SecretValue.of("correct-horse-battery-st");
    private final SecretId secretId = new SecretId(Samples.id(1).value());

    private SecretSealer sealer;
    private SealedSecret sealed;
    private Aead tink;
    private JceAesGcm jce;
    private byte[] plain;
    private byte[] associated;
    private byte[] tinkSealed;
    private byte[] jceSealed;

    /** Makes the keys and one sealed secret each. */
    @Setup
    public void prepare() throws GeneralSecurityException {
        byte[] key = new byte[EncryptionKeys.KEY_BYTES];
        new Random(1).nextBytes(key);
        sealer = SecretSealer.with(
                EncryptionKeys.builder().primary(Samples.KEY_ID, key).build());
        sealed = seal();
        tink = tink();
        jce = new JceAesGcm(key);
        plain = password.reveal().getBytes(StandardCharsets.UTF_8);
        associated = (Samples.ENVIRONMENT + "/" + Samples.id(1) + "/" + FIELD + "/" + secretId + "/" + Samples.KEY_ID)
                .getBytes(StandardCharsets.UTF_8);
        tinkSealed = sealTink();
        jceSealed = sealJce();
        if (!open().equals(password)) {
            throw new IllegalStateException("did not open");
        }
    }

    private static Aead tink() throws GeneralSecurityException {
        AeadConfig.register();
        Configuration configuration = RegistryConfiguration.get();
        return KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, configuration)
                .getPrimitive(configuration, Aead.class);
    }

    /** A sealed secret, ready to be stored. */
    @Benchmark
    @Compared(with = {"sealTink", "sealJce"})
    public SealedSecret seal() {
        return sealer.seal(Samples.ENVIRONMENT, Samples.id(1), FIELD, secretId, password);
    }

    /** Bytes to bytes, by Tink. */
    @Benchmark
    public byte[] sealTink() throws GeneralSecurityException {
        return tink.encrypt(plain, associated);
    }

    /** Bytes to bytes, by the JDK. */
    @Benchmark
    public byte[] sealJce() throws GeneralSecurityException {
        return jce.encrypt(plain, associated);
    }

    /** The secret again. */
    @Benchmark
    @Compared(with = {"openTink", "openJce"})
    public SecretValue open() {
        return sealer.open(sealed);
    }

    /** Bytes to bytes, by Tink. */
    @Benchmark
    public byte[] openTink() throws GeneralSecurityException {
        return tink.decrypt(tinkSealed, associated);
    }

    /** Bytes to bytes, by the JDK. */
    @Benchmark
    public byte[] openJce() throws GeneralSecurityException {
        return jce.decrypt(jceSealed, associated);
    }
}
