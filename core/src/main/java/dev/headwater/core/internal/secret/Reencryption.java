package dev.headwater.core.internal.secret;

import dev.headwater.core.DecryptionException;
import dev.headwater.core.EncryptionException;
import dev.headwater.core.ReencryptionReport;
import dev.headwater.core.ReencryptionReport.Failure;
import dev.headwater.core.ReencryptionReport.Position;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Seals anew, under the primary key, what a store holds under other keys. What is done is told by the rows themselves:
 * a run that broke off is simply begun again, and two nodes may run at once. Each row is replaced only after what takes
 * its place was opened and compared, and only if it is still what was read.
 */
public final class Reencryption {

    private static final Logger LOG = LoggerFactory.getLogger(Reencryption.class);

    /** A sealed secret may have a million characters: no more at once than a small heap takes. */
    private static final int BATCH = 50;

    private final DataSourceStore store;
    private final SecretSealer sealer;
    private final String keyId;

    private @Nullable SealedSecret last;
    private long scanned;
    private long resealed;
    private long skipped;
    private long failed;
    private final List<Failure> failures = new ArrayList<>();

    private Reencryption(DataSourceStore store, SecretSealer sealer, String keyId) {
        this.store = store;
        this.sealer = sealer;
        this.keyId = keyId;
    }

    /**
     * Seals everything anew, and returns when that is done. A secret that cannot be opened is reported and left as it is.
     *
     * @param after where to begin, or null for the beginning
     * @param progress is told how it stands after each batch, on this thread; what it throws ends the run
     * @throws IllegalStateException if there is no primary key
     * @throws StoreException if the store fails; what was sealed anew until then stays so
     * @throws EncryptionException if the primary key fails; likewise
     */
    public static ReencryptionReport run(
            DataSourceStore store,
            SecretSealer sealer,
            @Nullable Position after,
            Consumer<ReencryptionReport> progress) {
        String keyId = sealer.primaryKeyId()
                .orElseThrow(() -> new IllegalStateException("no encryption key is configured to seal with"));
        return new Reencryption(store, sealer, keyId).run(after, progress);
    }

    private ReencryptionReport run(@Nullable Position after, Consumer<ReencryptionReport> progress) {
        last = after == null ? null : row(after);
        List<SealedSecret> batch = store.sealedUnderOtherKeys(keyId, last, BATCH);
        while (!batch.isEmpty()) {
            for (SealedSecret secret : batch) {
                reseal(secret);
                last = secret;
            }
            progress.accept(report(null));
            batch = store.sealedUnderOtherKeys(keyId, last, BATCH);
        }
        last = null;
        ReencryptionReport report = report(countRemaining());
        LOG.atLevel(report.complete() ? Level.INFO : Level.WARN)
                .log(
                        "Sealed secrets anew under key {}: {} scanned, {} resealed, {} skipped, {} failed, {} remaining",
                        keyId,
                        scanned,
                        resealed,
                        skipped,
                        failed,
                        report.remaining());
        return report;
    }

    private void reseal(SealedSecret before) {
        scanned++;
        SecretValue value;
        try {
            value = sealer.open(before);
        } catch (DecryptionException e) {
            fail(before, e);
            return;
        }
        SealedSecret after = sealer.seal(before.environment(), before.dataSource(), before.field(), before.id(), value);
        verify(after, value);
        if (store.reseal(before, after)) {
            resealed++;
        } else {
            skipped++;
        }
    }

    /** What replaces the only copy of a secret must open. */
    private void verify(SealedSecret after, SecretValue value) {
        boolean same;
        try {
            same = sealer.open(after).equals(value);
        } catch (DecryptionException e) {
            same = false;
        }
        if (!same) {
            throw new EncryptionException(
                    keyId, after.dataSource(), after.field(), "what the key encrypted does not open to the same value");
        }
    }

    private void fail(SealedSecret secret, DecryptionException e) {
        failed++;
        LOG.debug("Not sealed anew: {}", e.getMessage());
        if (failures.size() < ReencryptionReport.MAX_FAILURES) {
            failures.add(new Failure(
                    secret.environment(),
                    secret.dataSource(),
                    secret.field(),
                    secret.id(),
                    secret.keyId(),
                    e.code(),
                    String.valueOf(e.getMessage())));
        }
    }

    /** A count of its own, not the failures: other nodes may have sealed under another key meanwhile. */
    private long countRemaining() {
        long count = 0;
        List<SealedSecret> batch = store.sealedUnderOtherKeys(keyId, null, BATCH);
        while (!batch.isEmpty()) {
            count += batch.size();
            batch = store.sealedUnderOtherKeys(keyId, batch.get(batch.size() - 1), BATCH);
        }
        return count;
    }

    private ReencryptionReport report(@Nullable Long remaining) {
        Position position = last == null ? null : new Position(last.environment(), last.id());
        return new ReencryptionReport(keyId, scanned, resealed, skipped, failed, failures, remaining, position);
    }

    /** Stores go by environment and id; the rest is there because a row has it. */
    private static SealedSecret row(Position position) {
        return new SealedSecret(position.environment(), position.secret(), DataSourceId.of("-"), "-", "-", "-");
    }
}
