package dev.headwater.connectors.internal;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.sql.Driver;

/**
 * A JDBC driver by name. It is made and called directly, never through {@link java.sql.DriverManager}.
 *
 * @param className the class that implements {@link Driver}
 * @param artifact what a host adds to get it, as {@code groupId:artifactId}
 */
public record JdbcDriver(String className, String artifact) {

    /**
     * Loads the driver, by the class loader of the connectors.
     *
     * @throws ConnectorException with {@link FailureCode#DRIVER_MISSING} if it is not there or does not work here
     */
    Driver load() {
        try {
            return Artifacts.require("driver", className, artifact)
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw Artifacts.unusable("driver", className, artifact, e);
        }
    }
}
