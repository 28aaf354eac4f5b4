package dev.headwater.benchmarks;

import dev.headwater.core.SecretCacheSettings;
import dev.headwater.core.internal.secret.cache.SecretCache;
import dev.headwater.core.internal.secret.cache.SecretCacheMetrics;
import dev.headwater.spi.SecretValue;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * Reading a cached secret among 128, by one thread and by four: from Headwater's cache, and from the cache that AWS
 * publishes for its own secret manager, on a client that answers from memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class SecretCacheBenchmark {

    /** A power of two, so that the next index is cheap. */
    private static final int SECRETS = 128;

    private static final int MANY = 4;
    private static final String STORE = "main";
    private static final String VALUE = "correct-horse-battery-st";

    private SecretCache cache;
    private com.amazonaws.secretsmanager.caching.SecretCache awsCache;
    private String[] names;
    private int next;

    /** The caches, which all threads share. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init")
    public static class Shared {

        private SecretCache cache;
        private com.amazonaws.secretsmanager.caching.SecretCache awsCache;
        private String[] names;

        /** Warms both. */
        @Setup
        public void open() {
            cache = SecretCache.open(
                    (store, name) -> SecretValue.of(VALUE),
                    List.of(STORE),
                    SecretCacheSettings.defaults(),
                    Clock.systemUTC(),
                    SecretCacheMetrics.NONE);
            awsCache = new com.amazonaws.secretsmanager.caching.SecretCache(new AnswersFromMemory());
            names = new String[SECRETS];
            for (int i = 0; i < SECRETS; i++) {
                names[i] = Samples.name(i * 37 % SECRETS);
                cache.get(STORE, names[i]);
                awsCache.getSecretString(names[i]);
            }
        }

        /** Closes both. */
        @TearDown
        public void close() {
            cache.close();
            awsCache.close();
        }
    }

    /** Gives a thread its way to the caches. */
    @Setup
    public void share(Shared shared) {
        cache = shared.cache;
        awsCache = shared.awsCache;
        names = shared.names;
    }

    private String next() {
        next = (next + 1) & (SECRETS - 1);
        return names[next];
    }

    /** From Headwater's cache. */
    @Benchmark
    @Compared(
            with = {"oneThreadAws"},
            atMostTimes = 0.25,
            atMost = 60)
    public SecretValue oneThread() {
        return cache.get(STORE, next());
    }

    /** From the peer's. */
    @Benchmark
    public String oneThreadAws() {
        return awsCache.getSecretString(next());
    }

    /** From Headwater's cache. */
    @Benchmark
    @Threads(MANY)
    @Compared(
            with = {"fourThreadsAws"},
            atMostTimes = 0.25)
    public SecretValue fourThreads() {
        return cache.get(STORE, next());
    }

    /** From the peer's. */
    @Benchmark
    @Threads(MANY)
    public String fourThreadsAws() {
        return awsCache.getSecretString(next());
    }

    /** One version of every secret, which is current. */
    private static final class AnswersFromMemory implements SecretsManagerClient {

        private static final String VERSION = "v1";

        @Override
        public DescribeSecretResponse describeSecret(DescribeSecretRequest request) {
            return DescribeSecretResponse.builder()
                    .name(request.secretId())
                    .versionIdsToStages(Map.of(VERSION, List.of("AWSCURRENT")))
                    .build();
        }

        @Override
        public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
            return GetSecretValueResponse.builder()
                    .name(request.secretId())
                    .versionId(VERSION)
                    .secretString(VALUE)
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
