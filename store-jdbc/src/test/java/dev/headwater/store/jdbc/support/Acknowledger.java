package dev.headwater.store.jdbc.support;

import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.store.jdbc.JdbcStore;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes without end, by some threads, and prints the number of each commit once the store has returned it. */
public final class Acknowledger {

    public static final EnvironmentId ENV = new EnvironmentId("killed");

    private Acknowledger() {}

    /** Arguments: JDBC URL, user. */
    public static void main(String[] arguments) {
        JdbcStore store =
                JdbcStore.builder().url(arguments[0]).user(arguments[1]).open();
        AtomicInteger ids = new AtomicInteger();
        for (int i = 0; i < 4; i++) {
            new Thread(() -> write(store, ids)).start();
        }
    }

    private static void write(JdbcStore store, AtomicInteger ids) {
        while (true) {
            String id = "s" + ids.incrementAndGet();
            long version = acknowledge(store, Requests.insert(ENV, id));
            acknowledge(store, Requests.update(ENV, id, version, id + "-renamed"));
        }
    }

    private static long acknowledge(JdbcStore store, CommitRequest request) {
        CommitOutcome.Committed committed = (CommitOutcome.Committed) store.commit(request);
        long number = committed.commits().get(0).number();
        synchronized (System.out) {
            System.out.println(number + " " + request.changes().get(0).dataSource());
            System.out.flush();
        }
        return number;
    }
}
