package dev.headwater.core;

import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.ErrorCategory;
import dev.headwater.spi.HeadwaterException;

/** Another data source of the environment has the name. Nothing was written. */
public final class NameTakenException extends HeadwaterException {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final transient DataSourceId holder;

    NameTakenException(EnvironmentId environment, String name, DataSourceId holder) {
        super(
                "name-taken",
                ErrorCategory.CONFLICT,
                "the name " + name + " is taken in environment " + environment + ", by data source " + holder
                        + "; choose another name, or update that one",
                null);
        this.name = name;
        this.holder = holder;
    }

    /** {@return the name that was wanted} */
    public String name() {
        return name;
    }

    /** {@return the data source that has it} */
    public DataSourceId holder() {
        return holder;
    }
}
