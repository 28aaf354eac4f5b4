package dev.headwater.store.jdbc.cluster;

import dev.headwater.store.jdbc.support.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The short form of {@link ClusterSoak}. */
@DisplayName("A cluster whose nodes are killed")
class ClusterTest {

    @Test
    @DisplayName("loses no task, runs none twice at the same time, and shows every change on every node")
    void threeNodes() throws Exception {
        try (TestDatabase database = TestDatabase.postgres()) {
            ClusterRun run = new ClusterRun(database, 300, Duration.ofSeconds(6), Duration.ofSeconds(3));
            System.out.println(String.join("\n", run.run(3, Duration.ofSeconds(3), Node::process)));
        }
    }
}
