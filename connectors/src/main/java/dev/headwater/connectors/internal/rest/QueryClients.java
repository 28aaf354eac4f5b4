package dev.headwater.connectors.internal.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.headwater.connectors.QueryClient;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes {@link QueryClient}s. Each query has a login and connections of its own, which end with it. */
public final class QueryClients {

    private QueryClients() {}

    /** Runs one query. */
    @FunctionalInterface
    public interface Runner {

        /**
         * Runs it.
         *
         * @param target its timeout is that of the query
         * @param http for the calls of this query
         */
        QueryClient.Result run(ConnectionTarget target, RestClient http, String query);
    }

    public static ConnectorClient of(ConnectionTarget target, Refusal.Reader refusals, Runner runner) {
        return new Client(target, refusals, runner);
    }

    private static final class Client implements ConnectorClient, QueryClient {

        private final ConnectionTarget target;
        private final Refusal.Reader refusals;
        private final Runner runner;
        private final Cancellation closing = new Cancellation();
        private final AtomicInteger running = new AtomicInteger();
        private volatile boolean retired;

        Client(ConnectionTarget target, Refusal.Reader refusals, Runner runner) {
            this.target = target;
            this.refusals = refusals;
            this.runner = runner;
        }

        @Override
        public QueryClient.Result query(String query, Duration timeout) {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("timeout must be positive, is " + timeout);
            }
            if (retired) {
                throw new ConnectorException(
                        FailureCode.CANCELLED, "this client is closed; a newer one may have taken its place");
            }
            ConnectionTarget one = new ConnectionTarget(
                    target.kind(), target.config(), target.policy(), target.hostKeys(), timeout, closing);
            running.incrementAndGet();
            try (RestClient http = RestClient.of(one, refusals)) {
                return runner.run(one, http, query);
            } finally {
                running.decrementAndGet();
            }
        }

        @Override
        public Object client() {
            return this;
        }

        @Override
        public int inUse() {
            return running.get();
        }

        @Override
        public void retire() {
            retired = true;
        }

        @Override
        public void close() {
            retired = true;
            closing.cancel();
        }

        @Override
        public String toString() {
            return "QueryClient[" + target.kind() + "]";
        }
    }

    /** {@return the rows of a list of lists} */
    public static List<List<@Nullable Object>> rows(Json rows) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (Json row : rows.list()) {
            List<@Nullable Object> cells = new ArrayList<>();
            row.list().forEach(cell -> cells.add(value(cell.element())));
            all.add(cells);
        }
        return all;
    }

    private static @Nullable Object value(JsonElement element) {
        if (element instanceof JsonArray array) {
            List<@Nullable Object> list = new ArrayList<>();
            array.forEach(one -> list.add(value(one)));
            return list;
        } else if (element instanceof JsonObject object) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            object.entrySet().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
            return map;
        } else if (element.isJsonNull()) {
            return null;
        }
        var primitive = element.getAsJsonPrimitive();
        if (primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        return primitive.isNumber() ? number(primitive.getAsString()) : primitive.getAsString();
    }

    private static Object number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new ConnectorException(FailureCode.WRONG_SERVER, "a number in the answer is none");
        }
    }
}
