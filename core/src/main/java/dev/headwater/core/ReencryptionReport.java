package dev.headwater.core;

import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.SecretId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the literal secrets of a store were sealed anew under the primary key. Holds no secrets.
 *
 * <p>A key may be dropped only when no secret needs it any longer: when {@link #complete()} of a run that ended after
 * every node had the new primary key.
 *
 * @param keyId the primary key
 * @param scanned how many secrets under other keys were looked at
 * @param resealed how many of them are now under the primary key
 * @param skipped how many of them somebody else changed meanwhile, such as another node that does the same
 * @param failed how many of them could not be opened, and stand as they did
 * @param failures the first {@value #MAX_FAILURES} of these
 * @param remaining how many secrets were still under other keys when the run had ended, counted in the store; null while
 *     it runs
 * @param position where the run stands: another run can begin after it; null when the run has ended
 */
public record ReencryptionReport(
        String keyId,
        long scanned,
        long resealed,
        long skipped,
        long failed,
        List<Failure> failures,
        @Nullable Long remaining,
        @Nullable Position position) {

    /** The most failures that a report lists. */
    public static final int MAX_FAILURES = 1_000;

    public ReencryptionReport {
        failures = List.copyOf(failures);
    }

    /** {@return whether the run has ended and the store holds no secret under another key} */
    public boolean complete() {
        return remaining != null && remaining == 0;
    }

    /**
     * A place between two secrets of the store, in the order of environments and ids.
     *
     * @param environment the environment of the secret before it
     * @param secret the secret before it
     */
    public record Position(EnvironmentId environment, SecretId secret) {}

    /**
     * A secret that could not be opened.
     *
     * @param environment the environment of the data source
     * @param dataSource whose secret it is; it may be deleted, and the secret there for its history
     * @param field the canonical key of the field
     * @param secret its id
     * @param keyId the key that it is sealed with
     * @param code the stable {@linkplain dev.headwater.spi.HeadwaterException#code() code} of the failure
     * @param message what is wrong, without any secret
     */
    public record Failure(
            EnvironmentId environment,
            DataSourceId dataSource,
            String field,
            SecretId secret,
            String keyId,
            String code,
            String message) {}
}
