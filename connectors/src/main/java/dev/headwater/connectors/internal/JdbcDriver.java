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
            return Class.forName(className, true, JdbcDriver.class.getClassLoader())
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ClassNotFoundException e) {
            throw missing("the driver " + className + " is not on the class path");
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw missing("the driver " + className + " is there but cannot be used: " + Failures.text(e));
        }
    }

    private ConnectorException missing(String message) {
        return new ConnectorException(
                FailureCode.DRIVER_MISSING, message, "Add " + artifact + " to the class path of the application.");
    }
}
