package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.PreviewMessage;
import dev.headwater.spi.TestReport;
import dev.headwater.spi.TestReport.Step;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A connection test that is to show messages")
class PreviewTest {

    private final FakeConnector connector = new FakeConnector();
    private AccessPolicy policy = AccessPolicy.allowAll();
    private final DataSourceRegistry registry = DataSourceRegistry.builder()
            .connectors(List.of(connector))
            .background(BackgroundSettings.off())
            .accessPolicy((caller, environment, action, subject) -> policy.decide(caller, environment, action, subject))
            .build();
    private final DataSources sources = registry.environment("production");
    private final DataSourceRecord clicks = sources.create(Sources.postgres("clicks"));

    @AfterEach
    void close() {
        registry.close();
    }

    private static PreviewMessage message(int offset, byte[] value) {
        return new PreviewMessage(
                "clicks", "0", String.valueOf(offset), new byte[] {1}, value, Instant.ofEpochSecond(offset));
    }

    private static List<PreviewMessage> messages(int count, int size) {
        return IntStream.range(0, count)
                .mapToObj(offset -> message(offset, new byte[size]))
                .toList();
    }

    @Test
    @DisplayName("shows what the connector read")
    void shows() {
        connector.onPreview = () -> messages(3, 5);
        TestReport report = sources.test(clicks.id(), TestOptions.preview(3));
        assertThat(report.passed()).isTrue();
        assertThat(report.preview()).isEqualTo(messages(3, 5));
        assertThat(sources.test(Sources.postgres("draft"), TestOptions.preview(3))
                        .preview())
                .hasSize(3);
        assertThat(sources.test(clicks.id(), DataSourcePatch.setting("username", "other"), TestOptions.preview(3))
                        .preview())
                .hasSize(3);
    }

    @Test
    @DisplayName("shows none, and asks for none, unless told to")
    void notAsked() {
        connector.onPreview = () -> {
            throw new IllegalStateException("asked");
        };
        assertThat(sources.test(clicks.id()).passed()).isTrue();
        assertThat(sources.test(clicks.id()).preview()).isEmpty();
    }

    @Test
    @DisplayName("shows no more messages and bytes than the limits, whatever a connector hands over")
    void bounded() {
        connector.onPreview = () -> messages(7, 5);
        assertThat(sources.test(clicks.id(), TestOptions.preview(4)).preview()).isEqualTo(messages(4, 5));
        connector.onPreview = () -> List.of(
                message(0, new byte[ConnectorSession.MAX_PREVIEW_BYTES]),
                message(1, new byte[ConnectorSession.MAX_PREVIEW_BYTES - 1]),
                message(2, new byte[0]));
        assertThat(sources.test(clicks.id(), TestOptions.preview(4)).preview())
                .extracting(PreviewMessage::offset)
                .containsExactly("1");
        assertThatThrownBy(() -> TestOptions.preview(101)).hasMessageContaining("from 0 to 100, is 101");
        assertThatThrownBy(() -> TestOptions.preview(-1)).hasMessageContaining("is -1");
    }

    @Test
    @DisplayName("fails at reading where the messages cannot be read")
    void fails() {
        connector.onPreview = () -> {
            throw new ConnectorException(FailureCode.PERMISSION_DENIED, "may not read clicks");
        };
        TestReport report = sources.test(clicks.id(), TestOptions.preview(1));
        assertThat(report.failure().orElseThrow().step()).isEqualTo(Step.READ);
        assertThat(report.failure().orElseThrow().code()).isEqualTo(FailureCode.PERMISSION_DENIED);
        assertThat(report.preview()).isEmpty();
    }

    @Test
    @DisplayName("prints and notes nothing of what they hold")
    void hidden() {
        byte[] value = "pl4nted-payload".getBytes(StandardCharsets.UTF_8);
        connector.onPreview = () -> List.of(message(0, value));
        TestReport report = sources.test(clicks.id(), TestOptions.preview(1));
        assertThat(report.preview().get(0).value()).contains(value);
        assertThat(report.toString()).contains("clicks/0@0, 16 bytes").doesNotContain("pl4nted");
        assertThat(sources.observations(clicks.id()).toString()).doesNotContain("pl4nted");
    }

    @Test
    @DisplayName("asks whether the caller may see messages, and only then")
    void access() {
        connector.onPreview = () -> messages(1, 1);
        policy = (caller, environment, action, subject) ->
                action == Action.PREVIEW ? AccessPolicy.Decision.DENY : AccessPolicy.Decision.ALLOW;
        assertThatThrownBy(() -> sources.test(clicks.id(), TestOptions.preview(1)))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> sources.test(Sources.postgres("draft"), TestOptions.preview(1)))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(sources.test(clicks.id()).passed()).isTrue();
        assertThat(connector.opened).hasSize(1);
    }
}
