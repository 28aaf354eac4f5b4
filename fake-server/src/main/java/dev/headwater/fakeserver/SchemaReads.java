package dev.headwater.fakeserver;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the server finds when it reads the schema of a data source: in DataBrain's create, update and sync calls, and
 * in the background after Basedash's create call. A connection test comes first, so this is asked only where that succeeded.
 * Called by many threads at once.
 */
@FunctionalInterface
public interface SchemaReads {

    /**
     * {@return the tables} May block: DataBrain's clients wait that long, and Basedash says {@code PENDING} meanwhile.
     *
     * @throws ConnectorException if the schema cannot be read; its message is shown to clients
     */
    List<TableSchema> read(ConnectionAttempt attempt);

    /** The tables {@code customers} and {@code orders}, in the schema that the config names or {@code public}: the default. */
    static SchemaReads sample() {
        return attempt -> {
            Object schema = attempt.config().getOrDefault("schema", "public");
            return List.of(
                    table(schema.toString(), "customers", column("id", "bigint"), column("name", "text")),
                    table(schema.toString(), "orders", column("id", "bigint"), column("customer_id", "bigint")));
        };
    }

    /** These tables, whatever the data source. */
    static SchemaReads of(List<TableSchema> tables) {
        List<TableSchema> copy = List.copyOf(tables);
        return attempt -> copy;
    }

    /** No schema can be read. */
    static SchemaReads fail(FailureCode code, String message) {
        return attempt -> {
            throw new ConnectorException(code, message);
        };
    }

    private static TableSchema table(@Nullable String schema, String name, ColumnSchema... columns) {
        return new TableSchema(null, schema, name, TableType.TABLE, null, List.of(columns), List.of("id"));
    }

    private static ColumnSchema column(String name, String type) {
        CanonicalType canonical = type.equals("bigint") ? CanonicalType.INTEGER : CanonicalType.TEXT;
        return new ColumnSchema(name, type, canonical, !name.equals("id"), null);
    }
}
