package dev.headwater.store.jdbc.cluster;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Not part of the build: {@code mvn verify -Psoak -pl store-jdbc -am}. */
@DisplayName("While its database is gone for 30 seconds")
class OutageSoak {

    @Test
    @DisplayName(
            "a node serves what is warm and deployed, refuses writes with one clear error, and then goes on by itself")
    void outage() throws Exception {
        OutageRun.run(Duration.ofSeconds(30));
        System.out.println("SOAK 30 s without the database: everything went on by itself");
    }
}
