package dev.headwater.core.internal.secret.cache;

import dev.headwater.spi.SecretValue;

/** Where the cache gets secrets from: the registry's secret stores. */
@FunctionalInterface
public interface SecretSource {

    /**
     * Fetches the latest version of a whole secret. May block on I/O; may be interrupted.
     *
     * @throws dev.headwater.spi.SecretStoreException if the secret cannot be had
     * @throws dev.headwater.spi.SecretReferenceException if the store is not registered, or does not take the name
     */
    SecretValue fetch(String storeName, String secretName);
}
