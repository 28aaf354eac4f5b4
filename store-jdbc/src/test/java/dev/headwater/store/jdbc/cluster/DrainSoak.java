package dev.headwater.store.jdbc.cluster;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Not part of the build: {@code mvn verify -Psoak -pl store-jdbc -am}. */
@DisplayName("50,000 tasks that are due at once")
class DrainSoak {

    @Test
    @DisplayName("are done, and never more at once on one host than is allowed")
    void drains() throws Exception {
        System.out.println("SOAK " + DrainRun.run(50_000, 10_000));
    }
}
