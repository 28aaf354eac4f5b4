package dev.headwater.connectors.internal;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;

/** Classes that the host brings. */
public final class Artifacts {

    private Artifacts() {}

    /**
     * Loads a class by the class loader of the connectors. Called before any class that cannot be linked without it.
     *
     * @param what what the class is, such as {@code driver}
     * @param artifact what a host adds to get it, as {@code groupId:artifactId}
     * @throws ConnectorException with {@link FailureCode#DRIVER_MISSING} if it is not there or does not work here
     */
    public static Class<?> require(String what, String className, String artifact) {
        try {
            return Class.forName(className, true, Artifacts.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw missing("the " + what + " " + className + " is not on the class path", artifact);
        } catch (LinkageError e) {
            throw unusable(what, className, artifact, e);
        }
    }

    static ConnectorException unusable(String what, String className, String artifact, Throwable why) {
        return missing(
                "the " + what + " " + className + " is there but cannot be used: " + Failures.text(why), artifact);
    }

    private static ConnectorException missing(String message, String artifact) {
        return new ConnectorException(
                FailureCode.DRIVER_MISSING, message, "Add " + artifact + " to the class path of the application.");
    }
}
