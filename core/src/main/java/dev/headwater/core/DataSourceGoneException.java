package dev.headwater.core;

import dev.headwater.spi.Commit;
import dev.headwater.spi.ErrorCategory;
import dev.headwater.spi.HeadwaterException;

/** The data source was there and has been deleted. Nothing was written. */
public final class DataSourceGoneException extends HeadwaterException {

    private static final long serialVersionUID = 1L;

    private final transient Commit deletion;

    DataSourceGoneException(Commit deletion) {
        super(
                "gone",
                ErrorCategory.CONFLICT,
                "data source " + deletion.change().name() + " ("
                        + deletion.change().dataSource() + ") was deleted by "
                        + deletion.stamp().by() + " at " + deletion.stamp().at() + " (commit " + deletion.number()
                        + "); a rollback to commit " + (deletion.number() - 1) + " brings it back",
                null);
        this.deletion = deletion;
    }

    /** {@return the commit that deleted it} */
    public Commit deletion() {
        return deletion;
    }
}
