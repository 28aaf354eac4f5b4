package dev.headwater.core;

import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.ErrorCategory;
import dev.headwater.spi.HeadwaterException;

/** The data source is no longer at the version that the caller saw. Nothing was written. */
public final class VersionConflictException extends HeadwaterException {

    private static final long serialVersionUID = 1L;

    private final transient DataSourceId dataSource;
    private final long expected;
    private final long actual;

    /** @param subject the data source and, where known, who changed it last and when */
    VersionConflictException(String subject, DataSourceId dataSource, long expected, long actual) {
        super(
                "version-conflict",
                ErrorCategory.CONFLICT,
                subject + " is at version " + actual + ", not " + expected
                        + " as expected; read it again, and decide whether your change still holds",
                null);
        this.dataSource = dataSource;
        this.expected = expected;
        this.actual = actual;
    }

    /** {@return the data source} */
    public DataSourceId dataSource() {
        return dataSource;
    }

    /** {@return the version that the caller named} */
    public long expected() {
        return expected;
    }

    /** {@return the version at which it stands} */
    public long actual() {
        return actual;
    }
}
