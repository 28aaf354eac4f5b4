package dev.headwater.connectors.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A rejected login")
class RejectionsTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Rejections rejections = new Rejections(now::get);

    private void reject() {
        rejections.failed(new ConnectorException(FailureCode.WRONG_CREDENTIALS, "no"));
    }

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void assertRefused(boolean refused) {
        if (refused) {
            assertThatThrownBy(rejections::refuseIfRejected)
                    .isInstanceOf(SQLException.class)
                    .hasMessage("no");
        } else {
            assertThatCode(rejections::refuseIfRejected).doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName("keeps others away for twice as long each time, up to half a minute")
    void doubles() {
        assertRefused(false);
        Duration pause = Rejections.SHORTEST;
        for (int i = 0; i < 8; i++) {
            reject();
            passes(pause.minusNanos(1));
            assertRefused(true);
            passes(Duration.ofNanos(1));
            assertRefused(false);
            pause = pause.multipliedBy(2).compareTo(Rejections.LONGEST) < 0
                    ? pause.multipliedBy(2)
                    : Rejections.LONGEST;
        }
        assertThat(pause).isEqualTo(Rejections.LONGEST);
    }

    @Test
    @DisplayName("is forgotten by one that succeeds")
    void forgotten() {
        reject();
        reject();
        rejections.succeeded();
        assertRefused(false);
        assertThat(rejections.lastFailure()).isEmpty();
        reject();
        passes(Rejections.SHORTEST);
        assertRefused(false);
    }

    @Test
    @DisplayName("is another thing than a server that cannot be reached, to which all may go at once")
    void passing() {
        for (FailureCode code : FailureCode.values()) {
            if (!Rejections.definite(code)) {
                rejections.failed(new ConnectorException(code, "gone"));
                assertRefused(false);
                assertThat(rejections.lastFailure().orElseThrow().code()).isEqualTo(code);
            }
        }
    }
}
