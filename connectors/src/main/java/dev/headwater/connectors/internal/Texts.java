package dev.headwater.connectors.internal;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;

/** Checks of texts that go into the login of a wire protocol. */
public final class Texts {

    private Texts() {}

    /**
     * {@return the text of the field}
     *
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if it is missing, empty, or holds NUL
     */
    public static String required(ResolvedConfig config, String key) {
        String value = noNul(key, config.required(key));
        if (value.isEmpty()) {
            throw new ConnectorException(FailureCode.INVALID_CONFIG, key + " must not be empty");
        }
        return value;
    }

    /**
     * {@return the value as it is} The protocols end texts with NUL, so one in a value would begin another field.
     *
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if it holds NUL
     */
    public static String noNul(String key, String value) {
        if (value.indexOf('\0') >= 0) {
            throw new ConnectorException(FailureCode.INVALID_CONFIG, key + " must not hold the character NUL");
        }
        return value;
    }
}
