package dev.headwater.core;

import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.ErrorCategory;
import dev.headwater.spi.HeadwaterException;

/**
 * A literal secret could not be encrypted, so it was not stored: the primary key does not do its work (a KMS that is
 * away or forbids it). Has no cause, because that of a KMS client may hold what it was to encrypt.
 */
public final class EncryptionException extends HeadwaterException {

    private static final long serialVersionUID = 1L;

    private final String keyId;
    private final transient DataSourceId dataSource;
    private final String field;

    /** @param detail what happened, without any secret */
    public EncryptionException(String keyId, DataSourceId dataSource, String field, String detail) {
        super(
                "encryption-failed",
                ErrorCategory.EXTERNAL,
                "the secret in field " + field + " of data source " + dataSource + " cannot be encrypted with key "
                        + keyId + " (" + detail + "); nothing was stored",
                null);
        this.keyId = keyId;
        this.dataSource = dataSource;
        this.field = field;
    }

    /** {@return the id of the key that failed} */
    public String keyId() {
        return keyId;
    }

    /** {@return the data source whose secret it is} */
    public DataSourceId dataSource() {
        return dataSource;
    }

    /** {@return the canonical key of the field} */
    public String field() {
        return field;
    }
}
