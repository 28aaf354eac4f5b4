package dev.headwater.benchmarks;

import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.DataSources;
import dev.headwater.core.EncryptionKeys;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.PageQuery;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.Locale;

/**
 * Prints how much heap a warm record takes: what the heap grows by after a full collection when all records of a
 * PostgreSQL store have been read once through the registry.
 */
public final class MemoryPerRecord {

    private static final int[] SIZES = {10_000, 100_000};
    private static final int COLLECTIONS = 3;

    private MemoryPerRecord() {}

    /** Takes no arguments. */
    public static void main(String[] args) {
        System.out.print(Conditions.begin().end());
        System.out.println("\n| Warm records | Heap | Per record |\n|---:|---:|---:|");
        try (Postgres postgres = Postgres.start()) {
            System.setProperty(Postgres.PORT_PROPERTY, Integer.toString(postgres.port()));
            for (int size : SIZES) {
                double bytes = measure(size);
                System.out.printf(
                        Locale.ROOT, "| %,d | %.1f MB | %.0f bytes |%n", size, bytes / 1_000_000, bytes / size);
            }
        }
    }

    private static long measure(int size) {
        OpenStore open = OpenStore.open(Engine.POSTGRESQL, "memory_" + size);
        Samples.fill(open.store, size);
        DataSourceRegistry registry = DataSourceRegistry.builder()
                .store(open.store)
                .encryptionKeys(EncryptionKeys.builder()
                        .primary(Samples.KEY_ID, EncryptionKeys.generateKey().reveal())
                        .build())
                .maxWarmRecords(size)
                .pollInterval(Duration.ofHours(1))
                .build();
        try (open;
                registry) {
            DataSources sources = registry.environment(Samples.ENVIRONMENT.value());
            sources.list(PageQuery.first(1));
            long before = usedHeap();
            for (int i = 0; i < size; i++) {
                DataSourceRecord record = sources.get(Samples.id(i));
                if (record.version() < 1) {
                    throw new IllegalStateException("no record");
                }
            }
            return usedHeap() - before;
        }
    }

    private static long usedHeap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
