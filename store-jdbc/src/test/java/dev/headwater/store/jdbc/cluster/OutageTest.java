package dev.headwater.store.jdbc.cluster;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The short form of {@link OutageSoak}. */
@DisplayName("While its database is gone")
class OutageTest {

    @Test
    @DisplayName(
            "a node serves what is warm and deployed, refuses writes with one clear error, and then goes on by itself")
    void outage() throws Exception {
        OutageRun.run(Duration.ofSeconds(2));
    }
}
