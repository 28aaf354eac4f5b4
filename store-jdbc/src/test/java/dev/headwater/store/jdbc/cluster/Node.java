package dev.headwater.store.jdbc.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.DataSourceRegistry;
import dev.headwater.store.jdbc.support.Child;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A node, and what it has heard. */
final class Node {

    private final CountDownLatch ready = new CountDownLatch(1);
    private final List<Long> numbers = new ArrayList<>();
    private final List<Long> delays = new ArrayList<>();
    private @Nullable Runnable ending;

    /** What it hears of later commits than this one, it must hear of without a gap. */
    volatile long headWhenReady;

    private Node() {}

    static Node process(String url, String user, int sources, Duration healthEvery) throws IOException {
        Node node = new Node();
        Child child = Child.start(
                NodeMain.class, url, user, Integer.toString(sources), Long.toString(healthEvery.toSeconds()));
        Thread reader = new Thread(() -> node.readAll(child), "node-reader");
        reader.setDaemon(true);
        reader.start();
        node.ending = () -> {
            try {
                child.kill();
                reader.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        return node;
    }

    /** In this process, so that it cannot be killed, only closed. */
    static Node here(String url, String user, int sources, Duration healthEvery) {
        Node node = new Node();
        DataSourceRegistry registry = NodeMain.open(url, user, sources, healthEvery, node::hear);
        node.ending = registry::close;
        return node;
    }

    private void readAll(Child child) {
        try {
            while (true) {
                hear(child.line());
            }
        } catch (IOException | IllegalStateException e) {
            // it has ended
        }
    }

    private synchronized void hear(String line) {
        if (line.equals("ready")) {
            ready.countDown();
            return;
        }
        String[] parts = line.split(" ");
        if (parts.length == 2) {
            numbers.add(Long.valueOf(parts[0]));
            delays.add(Long.valueOf(parts[1]));
        }
    }

    void awaitReady() {
        try {
            assertThat(ready.await(60, TimeUnit.SECONDS))
                    .as("the node has started")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void kill() {
        Runnable end = ending;
        if (end != null) {
            end.run();
        }
    }

    synchronized long lastHeard() {
        return numbers.isEmpty() ? headWhenReady : Math.max(headWhenReady, numbers.get(numbers.size() - 1));
    }

    /** The times since the commits were written, of those that were written while it ran. */
    synchronized List<Long> delays() {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i) > headWhenReady) {
                all.add(delays.get(i));
            }
        }
        return all;
    }

    synchronized void checkWithoutGap() {
        for (int i = 1; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).as("heard after %s", numbers.get(i - 1)).isEqualTo(numbers.get(i - 1) + 1);
        }
        if (!numbers.isEmpty()) {
            assertThat(numbers.get(0)).as("the first that was heard").isLessThanOrEqualTo(headWhenReady + 1);
        }
    }
}
