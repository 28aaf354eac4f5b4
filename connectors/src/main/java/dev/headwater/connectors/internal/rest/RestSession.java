package dev.headwater.connectors.internal.rest;

import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** A login to an HTTP API. */
public abstract class RestSession implements ConnectorSession {

    protected final ConnectionTarget target;
    protected final RestClient http;

    /** @param http closed with the session */
    protected RestSession(ConnectionTarget target, RestClient http) {
        this.target = target;
        this.http = http;
    }

    @Override
    public final TableList readTables(int maxTables, IntConsumer progress) {
        if (maxTables < 1) {
            throw new IllegalArgumentException("maxTables must be at least 1, is " + maxTables);
        }
        Tables tables = new Tables(maxTables, progress);
        read(tables);
        progress.accept(tables.found.size());
        return new TableList(tables.found, tables.truncated);
    }

    /** Reads tables until there are no more, or no more are wanted. */
    protected abstract void read(Tables into);

    @Override
    public void close() {
        http.close();
    }

    /** Takes the tables that are read. */
    public static final class Tables {

        private static final int PROGRESS_STEP = 100;

        private final int maxTables;
        private final IntConsumer progress;
        private final List<TableSchema> found = new ArrayList<>();
        private boolean truncated;

        Tables(int maxTables, IntConsumer progress) {
            this.maxTables = maxTables;
            this.progress = progress;
        }

        /** {@return how many more tables are wanted; one more than that tells that there are more} */
        public int wanted() {
            return maxTables - found.size();
        }

        /** {@return how many tables were taken} */
        public int size() {
            return found.size();
        }

        /** {@return whether reading may end, since there is one table more than wanted} */
        public boolean full() {
            return truncated;
        }

        /** Takes one more table, if it is wanted. */
        public void add(TableSchema table) {
            if (found.size() == maxTables) {
                truncated = true;
                return;
            }
            found.add(table);
            if (found.size() % PROGRESS_STEP == 0) {
                progress.accept(found.size());
            }
        }
    }
}
