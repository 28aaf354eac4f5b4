package dev.headwater.core.internal.secret;

import dev.headwater.spi.LinkedSecret;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretReferenceException.Reason;
import dev.headwater.spi.SecretStore;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.ValueEncoding;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The secret stores of a registry by name, one of them the default. Finds the store that a reference means, and reads
 * linked secrets. Does not cache, and does not close the stores. Safe for use by many threads.
 */
public final class SecretStores {

    private final Map<String, SecretStore> stores;
    private final @Nullable String defaultName;

    /**
     * @param stores the stores by name
     * @param defaultName the name of the one that takes bare names, or null only if there are no stores
     * @throws IllegalArgumentException if no store has the default name
     */
    public SecretStores(Map<String, SecretStore> stores, @Nullable String defaultName) {
        this.stores = Collections.unmodifiableMap(new LinkedHashMap<>(stores));
        this.defaultName = defaultName;
        if (defaultName == null ? !stores.isEmpty() : !stores.containsKey(defaultName)) {
            throw new IllegalArgumentException(
                    "the default secret store is " + defaultName + ", registered are " + stores.keySet());
        }
    }

    /** {@return the names of the stores} */
    public Set<String> names() {
        return stores.keySet();
    }

    /**
     * Finds the store that a reference means, and brings the reference to its local name. Does no I/O.
     *
     * <p>A store that is named is the one. Else a full identifier goes to the one store that takes it as such, whichever
     * it is, and a bare name to the default store only.
     *
     * @throws SecretReferenceException if the store is not there, or no store takes the reference, or several do
     */
    public LinkedSecret link(LinkedSecretRef ref, ValueEncoding encoding) {
        String named = ref.store();
        if (named != null) {
            return linked(named, store(named, ref.reference()).normalize(ref.reference()), ref, encoding);
        }
        if (defaultName == null) {
            throw unknownStore(
                    ref.reference(), "no secret store is registered, so nothing can be linked: register one");
        }
        return new StoreSearch(stores, defaultName, ref.reference())
                .find((store, name) -> linked(store, name, ref, encoding));
    }

    private static LinkedSecret linked(String store, String name, LinkedSecretRef ref, ValueEncoding encoding) {
        return new LinkedSecret(store, name, ref.field(), encoding);
    }

    /**
     * Fetches a whole secret. Blocks on I/O. Fields that link to parts of one secret can share what this returns, and
     * read it with {@link LinkedValue#read}.
     *
     * @throws SecretReferenceException if the store is no longer registered
     * @throws SecretStoreException if the secret cannot be had
     */
    public SecretValue fetch(String storeName, String secretName) {
        SecretStore store = store(storeName, secretName);
        try {
            return Objects.requireNonNull(store.fetchLatest(secretName));
        } catch (SecretStoreException | SecretReferenceException e) {
            throw e;
        } catch (RuntimeException e) {
            // Not a cause: a store that breaks its promise may also have put the secret into its message.
            throw new SecretStoreException(
                    SecretStoreException.Reason.UNAVAILABLE,
                    secretName,
                    "secret store " + storeName + " failed unexpectedly on secret " + Printable.of(secretName) + " ("
                            + e.getClass().getName() + ")",
                    null);
        }
    }

    /** {@return what tells the secret from all others of its store; the name itself if the store is no longer registered} */
    public String identity(String storeName, String secretName) {
        SecretStore store = stores.get(storeName);
        return store == null ? secretName : store.identity(secretName);
    }

    private SecretStore store(String name, String reference) {
        SecretStore store = stores.get(name);
        if (store == null) {
            throw unknownStore(
                    reference,
                    "no secret store is registered as " + name + "; registered: "
                            + (stores.isEmpty() ? "none" : String.join(", ", stores.keySet())));
        }
        return store;
    }

    private static SecretReferenceException unknownStore(String reference, String message) {
        return new SecretReferenceException(Reason.UNKNOWN_STORE, reference, null, message);
    }
}
