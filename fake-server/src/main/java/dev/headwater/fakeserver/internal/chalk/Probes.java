package dev.headwater.fakeserver.internal.chalk;

import dev.headwater.fakeserver.ChalkControls;
import dev.headwater.fakeserver.ConnectionAttempt;
import dev.headwater.fakeserver.ConnectionOutcome;
import dev.headwater.fakeserver.internal.FakeSource;
import dev.headwater.fakeserver.internal.FakeSource.SpelledKey;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.fakeserver.internal.chalk.wire.IntegrationConfigValue;
import dev.headwater.fakeserver.internal.chalk.wire.IntegrationKind;
import dev.headwater.fakeserver.internal.chalk.wire.ListSnowflakeNamedStagesRequest;
import dev.headwater.fakeserver.internal.chalk.wire.ListSnowflakeNamedStagesResponse;
import dev.headwater.fakeserver.internal.chalk.wire.PreviewedMessage;
import dev.headwater.fakeserver.internal.chalk.wire.SnowflakeNamedStage;
import dev.headwater.fakeserver.internal.chalk.wire.TestIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.TestIntegrationResponse;
import dev.headwater.spi.SourceSystem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tests connections, and shows what is behind them. Nothing is connected to unless the test of the client wants it. */
final class Probes {

    private final World world;
    private final Sources sources;
    private final ChalkControls controls;

    Probes(World world, Sources sources, ChalkControls controls) {
        this.world = world;
        this.sources = sources;
        this.controls = controls;
    }

    /** What is tested: a stored data source, one that is not stored, or a stored one with other values. */
    private record Subject(IntegrationKind kind, @Nullable String name, Map<SpelledKey, Object> config) {

        @Override
        public String toString() {
            return "Subject[" + kind + " " + name + "]";
        }
    }

    /** A connection that fails is an answer, not an error. */
    TestIntegrationResponse test(Call call, Access access, TestIntegrationRequest request) {
        Scope scope = access.environment();
        Subject subject = subject(
                scope,
                request.hasIntegrationId() ? request.getIntegrationId() : "",
                request.getKind(),
                request.getConfigMap(),
                request.getEnvironmentVariablesMap());
        String kindId = sources.kindId(subject.kind());
        ConnectionOutcome outcome = world.test(new ConnectionAttempt(
                SourceSystem.CHALK, scope.id(), kindId, subject.name(), sources.canonical(kindId, subject.config())));
        TestIntegrationResponse.Builder response = TestIntegrationResponse.newBuilder()
                .setKind(Sources.shortName(subject.kind()))
                .setSuccess(outcome.success())
                .setMessage(outcome.message())
                .setLatencySeconds(outcome.latency().toNanos() / 1e9);
        if (request.getIncludePreview() && outcome.success()) {
            preview(subject, response);
        }
        return response.build();
    }

    private void preview(Subject subject, TestIntegrationResponse.Builder response) {
        String topicKey = switch (subject.kind()) {
            case INTEGRATION_KIND_KAFKA -> "KAFKA_TOPIC";
            case INTEGRATION_KIND_KINESIS -> "KINESIS_STREAM_NAME";
            case INTEGRATION_KIND_PUBSUB -> "PUBSUB_SUBSCRIPTION_ID";
            default -> "";
        };
        if (topicKey.isEmpty()) {
            return;
        }
        FakeSource source = new FakeSource(
                "", "", sources.kindId(subject.kind()), subject.config(), Map.of(), world.now(), world.now());
        Object topic = sources.config(source).get(topicKey);
        long offset = 0;
        for (String value : controls.previewMessages()) {
            response.addPreviewMessages(PreviewedMessage.newBuilder()
                    .setValueBase64(base64(value))
                    .setKeyBase64(base64(Long.toString(offset)))
                    .setTopic(topic instanceof String text ? text : "")
                    .setPartition("0")
                    .setOffset(Long.toString(offset))
                    .setTimestampMs(world.now().toEpochMilli()));
            offset++;
        }
    }

    ListSnowflakeNamedStagesResponse stages(Call call, Access access, ListSnowflakeNamedStagesRequest request) {
        subject(
                access.environment(),
                request.hasIntegrationId() ? request.getIntegrationId() : "",
                IntegrationKind.INTEGRATION_KIND_SNOWFLAKE,
                request.getConfigMap(),
                Map.of());
        ListSnowflakeNamedStagesResponse.Builder response = ListSnowflakeNamedStagesResponse.newBuilder();
        for (String reference : controls.snowflakeStages()) {
            List<String> parts = List.of(reference.split("\\."));
            response.addStages(SnowflakeNamedStage.newBuilder()
                    .setReference(reference)
                    .setName(parts.get(parts.size() - 1))
                    .setSchemaName(parts.size() > 1 ? parts.get(parts.size() - 2) : "")
                    .setDatabaseName(parts.size() > 2 ? parts.get(parts.size() - 3) : "")
                    .setKind("INTERNAL"));
        }
        return response.build();
    }

    private Subject subject(
            Scope scope,
            String id,
            IntegrationKind kind,
            Map<String, IntegrationConfigValue> config,
            Map<String, String> environmentVariables) {
        Map<String, Object> given = sources.given(config, environmentVariables);
        if (id.isEmpty()) {
            return new Subject(Sources.checked(kind), null, Sources.spelled(given));
        }
        FakeSource source = sources.get(scope, id);
        IntegrationKind stored = sources.kind(source).orElse(IntegrationKind.INTEGRATION_KIND_UNSPECIFIED);
        if (kind != IntegrationKind.INTEGRATION_KIND_UNSPECIFIED && kind != stored) {
            throw ChalkException.invalid("the integration is of kind " + Sources.shortName(stored));
        }
        return new Subject(stored, source.name(), sources.changed(source, given));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
