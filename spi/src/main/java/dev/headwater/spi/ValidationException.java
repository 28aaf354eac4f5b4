package dev.headwater.spi;

import java.util.stream.Collectors;

/** Input that is not valid; nothing was done. Holds every violation, and no secrets. */
public final class ValidationException extends HeadwaterException {

    private static final long serialVersionUID = 1L;

    private final transient ValidationResult result;

    /**
     * @param what what was invalid, such as {@code data source orders (postgresql)}
     * @param result what is wrong with it
     */
    public ValidationException(String what, ValidationResult result) {
        super("invalid", ErrorCategory.CALLER, render(what, result), null);
        this.result = result;
    }

    private static String render(String what, ValidationResult result) {
        int count = result.violations().size();
        return what + " is not valid, " + count + (count == 1 ? " problem" : " problems") + ":"
                + result.violations().stream()
                        .map(violation -> "\n  - " + violation.message())
                        .collect(Collectors.joining());
    }

    /** {@return what is wrong} */
    public ValidationResult result() {
        return result;
    }
}
