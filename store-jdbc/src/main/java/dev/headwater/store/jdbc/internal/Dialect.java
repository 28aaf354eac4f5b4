package dev.headwater.store.jdbc.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What differs between the databases. Everything else is SQL that all of them share. */
interface Dialect {

    /** {@return the name of the folder with the migrations} */
    String migrations();

    /** {@return what stands for {@code ${…}} in the migrations} */
    default Map<String, String> placeholders() {
        return Map.of();
    }

    /** Sees to it that the database keeps what it has committed, where it would not by itself. */
    default void makeDurable(Connection connection) throws SQLException {}

    /** {@return the path of a database that must have one writer at a time; null if it takes many} */
    default @Nullable String oneWriter(Connection connection) throws SQLException {
        return null;
    }

    /** {@return what ends a SELECT whose rows are to be locked, waiting at most so long} */
    default String forUpdate(Duration wait) {
        return "FOR UPDATE";
    }

    /** {@return the statement by which a connection of a pool of our own begins, or null} */
    default @Nullable String beginSession(Duration queryTimeout) {
        return null;
    }

    /** {@return whether connections like this one end long statements by themselves} Then the store needs no timers of the driver's. */
    default boolean endsLongStatements(Connection connection) throws SQLException {
        return false;
    }

    /** {@return driver properties of a pool of our own, by which no call waits for a dead network much longer than that} */
    default Map<String, String> driverProperties(Duration queryTimeout) {
        return Map.of();
    }

    /**
     * {@return how to add a task that is not there: name, instance and time are to be bound; nothing happens if it is there}
     */
    String insertTask();

    /** {@return whether the database undid the transaction because of other transactions, so that it may be tried again} */
    boolean undone(SQLException problem);
}
