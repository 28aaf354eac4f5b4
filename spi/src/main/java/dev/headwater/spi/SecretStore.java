package dev.headwater.spi;

/**
 * A secret manager to which config values can be linked, held to one scope: an account and region, a project (and
 * location), a vault, a directory.
 *
 * <p>All methods may be called by many threads at once. Only {@link #fetchLatest} may block on I/O. A store connects
 * when it is first asked for a secret, not when it is made.
 */
public interface SecretStore extends AutoCloseable {

    /** {@return what the store is and its scope, for errors and logs, such as {@code AWS Secrets Manager 123456789012 in us-east-1}} */
    String description();

    /**
     * Checks a reference and brings it to the name that is local to this store. Does no I/O.
     *
     * @param reference a local name, or a full identifier in the same scope
     * @return the local name; {@code normalize} of it gives the same name again
     * @throws SecretReferenceException if it is neither, lies in another scope, or asks for a certain version
     */
    String normalize(String reference);

    /**
     * {@return what tells the secret from all others of this store} Two local names with one identity are one secret,
     * which is cached and fetched once, by its identity. A store that does not tell case apart folds it here, so that
     * {@link #normalize} can keep a name as it was written. Does no I/O.
     *
     * @param name a local name, as {@link #normalize} gives it
     */
    default String identity(String name) {
        return name;
    }

    /**
     * Reads the latest version of a secret, from the store itself: caching is the caller's.
     *
     * @param name a local name, as {@link #normalize} or {@link #identity} gives it
     * @throws SecretStoreException if the secret cannot be had
     */
    SecretValue fetchLatest(String name);

    /** Releases clients that the store itself made. Closing twice does nothing more. */
    @Override
    void close();
}
