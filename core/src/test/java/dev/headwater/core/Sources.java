package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretStore;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretValue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Drafts and parts that the registry's tests share. */
final class Sources {

    private Sources() {}

    /** A valid PostgreSQL data source with a literal password. */
    static DataSourceDraft postgres(String name) {
        return DataSourceDraft.of("postgresql", name)
                .with("host", "db.example.com")
                .with("port", 5432)
                .with("database", "shop")
                .with("username", "app")
                .with("password", "pl4nted-passw0rd");
    }

    /** Waits for what the registry does in the background, on its own threads. */
    static void eventually(BooleanSupplier condition) throws InterruptedException {
        CountDownLatch tick = new CountDownLatch(1);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
            assertThat(tick.await(5, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    /** Writes the names of the methods called on a store to a list. */
    static DataSourceStore recording(DataSourceStore store, List<String> calls) {
        return (DataSourceStore) Proxy.newProxyInstance(
                Sources.class.getClassLoader(), new Class<?>[] {DataSourceStore.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** A store that closing does not close, so that several registries can have it one after the other. */
    static DataSourceStore keptOpen(DataSourceStore store) {
        return (DataSourceStore) Proxy.newProxyInstance(
                Sources.class.getClassLoader(), new Class<?>[] {DataSourceStore.class}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("close") ? null : method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** A secret store in a map. */
    static class MapSecretStore implements SecretStore {

        final Map<String, String> values = new ConcurrentHashMap<>();
        final List<String> fetched = new CopyOnWriteArrayList<>();
        volatile boolean closed;

        @Override
        public String description() {
            return "a map";
        }

        @Override
        public String normalize(String reference) {
            if (!reference.matches("[a-z-]+")) {
                throw new SecretReferenceException(
                        SecretReferenceException.Reason.MALFORMED,
                        reference,
                        null,
                        "secret name is " + reference + ", expected lower case letters and hyphens");
            }
            return reference;
        }

        @Override
        public SecretValue fetchLatest(String name) {
            fetched.add(name);
            String value = values.get(name);
            if (value == null) {
                throw new SecretStoreException(
                        SecretStoreException.Reason.NOT_FOUND, name, "no secret " + name + " in a map", null);
            }
            return SecretValue.of(value);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
