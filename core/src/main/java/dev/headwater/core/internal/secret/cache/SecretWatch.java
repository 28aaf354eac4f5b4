package dev.headwater.core.internal.secret.cache;

/** One who needs to hear of a secret's changes. As long as it is open, the secret is kept fresh and is not evicted. */
@FunctionalInterface
public interface SecretWatch extends AutoCloseable {

    /** Ends the watch; a change that is being told may still arrive. Closing twice does nothing more. */
    @Override
    void close();
}
