package dev.headwater.store.jdbc.cluster;

import dev.headwater.core.BackgroundSettings;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.store.jdbc.JdbcStore;
import dev.headwater.store.jdbc.JdbcTaskQueue;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A node of a cluster: in a process of its own that can be killed, or in this one. */
final class NodeMain {

    static final String ENVIRONMENT = "production";
    static final Duration POLL = Duration.ofSeconds(1);

    /** Short, so that what a killed node left is taken up while the test goes on. */
    private static final Duration DEAD_AFTER = Duration.ofSeconds(6);

    private NodeMain() {}

    /** Arguments: JDBC URL, user, port of the sources, seconds between checks of health. Prints each commit that it hears of. */
    public static void main(String[] arguments) throws Exception {
        StringBuilder lines = new StringBuilder();
        try (DataSourceRegistry registry = open(
                arguments[0],
                arguments[1],
                Integer.parseInt(arguments[2]),
                Duration.ofSeconds(Long.parseLong(arguments[3])),
                line -> {
                    synchronized (lines) {
                        System.out.println(line);
                        System.out.flush();
                    }
                })) {
            int end = new BufferedReader(new InputStreamReader(System.in)).read();
            System.exit(end < 0 ? 1 : 0);
        }
    }

    /** @param printed hears {@code ready}, and of each commit its number and the milliseconds since it was written */
    static DataSourceRegistry open(
            String url, String user, int sources, Duration healthEvery, Consumer<String> printed) {
        DataSourceRegistry registry = DataSourceRegistry.builder()
                .store(JdbcStore.builder()
                        .url(url)
                        .user(user)
                        .password("")
                        .maxPoolSize(8)
                        .open())
                .taskQueue(JdbcTaskQueue.builder()
                        .url(url)
                        .user(user)
                        .password("")
                        .maxPoolSize(8)
                        .pollInterval(Duration.ofMillis(200))
                        .deadAfter(DEAD_AFTER)
                        .open())
                .pollInterval(POLL)
                .connectors(List.of(new SourcesConnector(sources)))
                .background(BackgroundSettings.defaults()
                        .withHealthEvery(healthEvery)
                        .withLimits(16, 16, 2))
                .listener((commit, first) -> printed.accept(commit.number() + " "
                        + (System.currentTimeMillis() - commit.stamp().at().toEpochMilli())))
                .build();
        registry.environment(ENVIRONMENT);
        printed.accept("ready");
        return registry;
    }
}
