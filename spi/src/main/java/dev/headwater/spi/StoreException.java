package dev.headwater.spi;

import org.jspecify.annotations.Nullable;

/**
 * A store did not do its work: its database is away, a lock was not to be had, what it read makes no sense. Nothing of
 * the failed call was written. Thrown without a value that was bound or read.
 */
public final class StoreException extends HeadwaterException {

    private static final long serialVersionUID = 1L;

    /** @param message what failed, without any value that was bound or read */
    public StoreException(String message) {
        this(message, null);
    }

    /**
     * @param message what failed, without any value that was bound or read
     * @param cause why; only one whose own message holds no bound value either
     */
    public StoreException(String message, @Nullable Throwable cause) {
        super("store-failed", ErrorCategory.EXTERNAL, message, cause);
    }
}
