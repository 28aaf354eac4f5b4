package dev.headwater.fakeserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A minute. Not part of the build: {@code mvn verify -Psoak -pl fake-server -am}. */
@DisplayName("The fake server under a thousand calls a second")
class FakeServerSoak {

    private static final int SECONDS = 60;

    @Test
    @DisplayName("keeps the rate for a minute, without a failure, and its memory stays as it is")
    void minute() throws Exception {
        SoakRun.Report report = SoakRun.run(SECONDS);
        System.out.println("SOAK " + report);

        assertThat(report.calls())
                .as("calls that were answered in time: %s", report)
                .isGreaterThanOrEqualTo(report.wanted() * 99 / 100);
        // after the first third, when the server remembers as many calls as it ever does
        long early = report.heaps().get(1);
        long late = report.heaps().get(5);
        assertThat(late).as("heap in use: %s", report).isLessThan(early + Math.max(early / 10, 2 << 20));
    }
}
