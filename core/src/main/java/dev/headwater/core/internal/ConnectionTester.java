package dev.headwater.core.internal;

import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.PreviewMessage;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.TestReport;
import dev.headwater.spi.TestReport.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tests connections step by step, each step and all of them under a hard deadline. */
public final class ConnectionTester {

    private final Connectors connectors;
    private final Trust trust;
    private final Duration stepTimeout;
    private final Duration totalTimeout;
    private final Breaker breaker;

    public ConnectionTester(
            Connectors connectors, Trust trust, Duration stepTimeout, Duration totalTimeout, Breaker breaker) {
        this.breaker = breaker;
        this.connectors = connectors;
        this.trust = trust;
        this.stepTimeout = stepTimeout;
        this.totalTimeout = totalTimeout;
    }

    /**
     * Runs the steps until one fails.
     *
     * @param validate throws what is wrong with the config
     * @param resolve gets the config with its secrets
     * @param previewMessages how many messages of a stream to show; 0 for none
     */
    public TestReport test(String kind, Runnable validate, Supplier<ResolvedConfig> resolve, int previewMessages) {
        try (TestRun run = new TestRun(kind, stepTimeout, totalTimeout, breaker)) {
            return steps(run, kind, validate, resolve, previewMessages);
        }
    }

    private TestReport steps(
            TestRun run, String kind, Runnable validate, Supplier<ResolvedConfig> resolve, int previewMessages) {
        try {
            run.step(Step.VALIDATE, () -> {
                validate.run();
                return "";
            });
            ResolvedConfig config = run.step(Step.RESOLVE_SECRETS, resolve::get, resolved -> null);
            run.redactWith(config);
            ConnectionTarget target = trust.target(kind, config, stepTimeout, run.cancellation());
            Connector connector = run.step(
                    Step.REACH,
                    () -> {
                        Connector found = connectors.forKind(kind);
                        found.reach(target);
                        return found;
                    },
                    reached -> null);
            ConnectorSession session =
                    run.step(Step.AUTHENTICATE, () -> run.closing(connector.open(target)), opened -> null);
            Reading reading = run.step(Step.READ, () -> Reading.of(session, previewMessages), Reading::said);
            run.show(reading.messages());
        } catch (TestRun.StepFailed e) {
            // The run has noted which step failed, and why.
        }
        return run.report();
    }

    /** What the last step gives. */
    private record Reading(@Nullable String said, List<PreviewMessage> messages) {

        static Reading of(ConnectorSession session, int previewMessages) {
            String answer = session.probe();
            List<PreviewMessage> messages =
                    previewMessages == 0 ? List.of() : bounded(session.preview(previewMessages), previewMessages);
            return new Reading(answer.isEmpty() ? null : answer, messages);
        }

        /** Holds a connector to what it was asked for. */
        private static List<PreviewMessage> bounded(List<PreviewMessage> messages, int maxMessages) {
            List<PreviewMessage> kept = new ArrayList<>();
            int bytes = 0;
            for (PreviewMessage message : messages) {
                if (kept.size() < maxMessages && message.size() <= ConnectorSession.MAX_PREVIEW_BYTES - bytes) {
                    kept.add(message);
                    bytes += message.size();
                }
            }
            return kept;
        }
    }
}
