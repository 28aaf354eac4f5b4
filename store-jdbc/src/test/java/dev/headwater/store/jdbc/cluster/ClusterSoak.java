package dev.headwater.store.jdbc.cluster;

import dev.headwater.store.jdbc.support.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 10,000 data sources and two minutes. Not part of the build: {@code mvn verify -Psoak -pl store-jdbc -am}. */
@DisplayName("A cluster with 10,000 data sources whose nodes are killed for two minutes")
class ClusterSoak {

    private static final int SOURCES = 10_000;
    private static final Duration DURATION = Duration.ofMinutes(2);
    private static final Duration HEALTH_EVERY = Duration.ofMinutes(1);
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(8);

    @Test
    @DisplayName("loses no task, runs none twice at the same time, and shows every change on every node: PostgreSQL")
    void postgres() throws Exception {
        run("PostgreSQL, 3 processes", TestDatabase.postgres(), 3, Node::process);
    }

    @Test
    @DisplayName("loses no task, runs none twice at the same time, and shows every change on every node: MariaDB")
    void mariaDb() throws Exception {
        run("MariaDB, 3 processes", TestDatabase.mariaDb(), 3, Node::process);
    }

    @Test
    @DisplayName("loses no task, runs none twice at the same time, and shows every change: H2 in one process")
    void h2(@TempDir Path directory) throws Exception {
        run("H2 in a file, one process, the registry closed and opened", TestDatabase.h2File(directory), 1, Node::here);
    }

    private static void run(String what, TestDatabase opened, int nodes, ClusterRun.Starter starter) throws Exception {
        try (TestDatabase database = opened) {
            List<String> report =
                    new ClusterRun(database, SOURCES, DURATION, HEALTH_EVERY).run(nodes, BETWEEN_KILLS, starter);
            System.out.println("SOAK " + what + "\n  " + String.join("\n  ", report));
        }
    }
}
