package dev.headwater.core.internal.secret.cache;

/** Hears that a secret has another value than before. */
@FunctionalInterface
public interface SecretChangeListener {

    /**
     * The cache holds the new value already. Called on a thread that fetches secrets, so it must be quick: note what is to
     * be done, and do it elsewhere. Several changes may be told at the same time.
     */
    void onChange(String storeName, String secretName);
}
