package dev.headwater.store.jdbc.cluster;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The short form of {@link DrainSoak}. */
@DisplayName("Very many tasks that are due at once")
class DrainTest {

    @Test
    @DisplayName("are done, and never more at once on one host than is allowed")
    void drains() throws Exception {
        System.out.println(DrainRun.run(2_000, 200));
    }
}
