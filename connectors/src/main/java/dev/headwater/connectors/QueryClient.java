package dev.headwater.connectors;

import dev.headwater.spi.ConnectorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends queries to a source that is used over its HTTP API: Databricks, Firebolt and Spanner (SQL) and PostHog (HogQL). Made by
 * {@link dev.headwater.spi.Connector#client}, and closed with the client that it came from. Safe for use by many threads.
 */
public interface QueryClient {

    /**
     * Runs a query and reads all of its answer, which may be of 64 MB at the most. Blocks.
     *
     * @param query in the source's own language; sent as it is
     * @param timeout how long this may take, with a login where one is needed; positive
     * @throws ConnectorException if it fails, with the source's words redacted
     */
    Result query(String query, Duration timeout);

    /**
     * What a query answered.
     *
     * @param columns the columns
     * @param rows for each row the values in the order of the columns: strings, {@link java.math.BigDecimal}s, booleans, lists
     *     and maps of these as the source sends them, or null
     */
    record Result(List<Column> columns, List<List<@Nullable Object>> rows) {

        public Result {
            columns = List.copyOf(columns);
            List<List<@Nullable Object>> copy = new ArrayList<>();
            rows.forEach(row -> copy.add(Collections.unmodifiableList(new ArrayList<>(row))));
            rows = Collections.unmodifiableList(copy);
        }
    }

    /**
     * A column of an answer.
     *
     * @param type in the source's own words
     */
    record Column(String name, String type) {}
}
