package dev.headwater.core;

import dev.headwater.spi.Caller;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.ErrorCategory;
import dev.headwater.spi.HeadwaterException;
import java.util.Locale;

/** The access policy refused an action. Nothing was done. */
public final class AccessDeniedException extends HeadwaterException {

    private static final long serialVersionUID = 1L;

    private final Action action;

    AccessDeniedException(Caller caller, EnvironmentId environment, Action action, String subject) {
        super(
                "access-denied",
                ErrorCategory.CALLER,
                caller + " may not " + action.name().toLowerCase(Locale.ROOT)
                        + (subject.isEmpty() ? "" : " " + subject) + " in environment "
                        + environment,
                null);
        this.action = action;
    }

    /** {@return what was refused} */
    public Action action() {
        return action;
    }
}
