package dev.headwater.spi;

/** Why a data source could not be used. The names are stable; the hints are for people. */
public enum FailureCode {
    INVALID_CONFIG("Correct the fields that the violations name."),
    SECRET_UNAVAILABLE("Check that the linked secret exists and that its store may read it."),
    CONNECTOR_MISSING("Register a connector for this kind with the registry."),
    DRIVER_MISSING("Add the driver's artifact to the class path."),
    DESTINATION_REFUSED("The host's network policy does not allow this destination."),
    UNKNOWN_HOST("Check the spelling of the host name, and that this machine can resolve it."),
    CONNECTION_REFUSED("Check the port, that the server is running, and that a firewall lets this machine through."),
    TIMED_OUT("Check that the host and port are reachable from this machine, and that the server is not overloaded."),
    TLS_FAILED("Check that the server speaks TLS, that its certificate is trusted, and that it names this host."),
    HOST_KEY_REFUSED("Check that it is the SSH server that is meant; then have the host application trust its key."),
    WRONG_CREDENTIALS("Check the user name and the password, key or token."),
    NO_SUCH_DATABASE("Check the name of the database."),
    PERMISSION_DENIED("Grant the user the right to connect and to read."),
    WRONG_SERVER("Something else than this kind of server answers there; check the host, the port and the kind."),
    CONNECTION_LOST("The server closed the connection; see its log."),
    CANCELLED("The call was cancelled before it ended."),
    FAILED("See the message.");

    private final String hint;

    FailureCode(String hint) {
        this.hint = hint;
    }

    /** {@return what to do about it, as a sentence} */
    public String hint() {
        return hint;
    }
}
