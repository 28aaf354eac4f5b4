package dev.headwater.core;

import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.ErrorCategory;
import dev.headwater.spi.HeadwaterException;

/** No data source of the environment has the id or name, or the access policy hides it. */
public final class DataSourceNotFoundException extends HeadwaterException {

    private static final long serialVersionUID = 1L;

    /** @param what the id or name that was asked for; empty if the environment as a whole is hidden */
    DataSourceNotFoundException(EnvironmentId environment, String what) {
        super(
                "not-found",
                ErrorCategory.CALLER,
                "no data source" + (what.isEmpty() ? "s" : " " + what) + " in environment " + environment,
                null);
    }
}
