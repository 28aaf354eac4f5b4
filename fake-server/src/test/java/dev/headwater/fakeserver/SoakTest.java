package dev.headwater.fakeserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The short form of {@link FakeServerSoak}. */
@DisplayName("The fake server under a thousand calls a second, for a second,")
class SoakTest {

    @Test
    @DisplayName("fails none of them")
    void second() throws Exception {
        assertThat(SoakRun.run(1).calls()).isPositive();
    }
}
