package dev.headwater.store.jdbc.cluster;

import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.TableList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;

/** Data sources that take their time, and count how many sessions each host has at once. */
final class CountingConnector implements Connector {

    final Map<String, AtomicInteger> now = new ConcurrentHashMap<>();
    final Map<String, AtomicInteger> most = new ConcurrentHashMap<>();
    final Map<String, LongAdder> done = new ConcurrentHashMap<>();
    final LongAdder probes = new LongAdder();
    private final CountDownLatch never = new CountDownLatch(1);
    private final long millis;

    /** @param millis how long a session lasts */
    CountingConnector(long millis) {
        this.millis = millis;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("postgresql");
    }

    @Override
    public void reach(ConnectionTarget target) {}

    @Override
    public ConnectorSession open(ConnectionTarget target) {
        String host = target.config().required("host");
        int open = now.computeIfAbsent(host, absent -> new AtomicInteger()).incrementAndGet();
        most.computeIfAbsent(host, absent -> new AtomicInteger()).accumulateAndGet(open, Math::max);
        return new ConnectorSession() {
            @Override
            public String probe() {
                take();
                probes.increment();
                done.computeIfAbsent(host, absent -> new LongAdder()).increment();
                return "a source";
            }

            @Override
            public TableList readTables(int maxTables, IntConsumer progress) {
                take();
                return new TableList(List.of(), false);
            }

            @Override
            public void close() {
                now.get(host).decrementAndGet();
            }
        };
    }

    private void take() {
        try {
            boolean unused = never.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectorException(FailureCode.CANCELLED, "broken off");
        }
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings settings) {
        throw new ConnectorException(FailureCode.FAILED, "nobody asks for clients here");
    }
}
