package dev.headwater.connectors.internal;

import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ResolvedConfig;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** What one kind adds to the engine that all JDBC kinds share. Stateless, and safe for use by many threads. */
public interface JdbcKind extends DriverKind {

    /** Bounds the time that a session may wait for an answer of the server, where the driver can. */
    default void boundAnswers(Properties properties, Duration timeout) {}

    /** {@return whether the driver streams rows only in a transaction} */
    default boolean streamsInTransactions() {
        return true;
    }

    /** {@return a query for one text that names the server and its version} */
    String probeSql();

    /**
     * {@return a query for the columns of all tables, as {@link CatalogReader} reads it}
     *
     * @param maxTables of how many tables at the most
     */
    CatalogQuery catalogQuery(ResolvedConfig config, long maxTables);

    /** {@return the canonical type for a base type that the catalog query gave} */
    CanonicalType canonicalType(String baseType);

    /**
     * A query and its parameters.
     *
     * @param sql with a question mark for each parameter
     * @param parameters strings and numbers
     */
    record CatalogQuery(String sql, List<?> parameters) {}
}
