package dev.headwater.core.internal;

import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.TestReport;
import dev.headwater.spi.TestReport.Step;
import java.time.Duration;
import java.util.function.Supplier;

/** Tests connections step by step, each step and all of them under a hard deadline. */
public final class ConnectionTester {

    private final Connectors connectors;
    private final NetworkPolicy policy;
    private final Duration stepTimeout;
    private final Duration totalTimeout;

    public ConnectionTester(Connectors connectors, NetworkPolicy policy, Duration stepTimeout, Duration totalTimeout) {
        this.connectors = connectors;
        this.policy = policy;
        this.stepTimeout = stepTimeout;
        this.totalTimeout = totalTimeout;
    }

    /**
     * Runs the steps until one fails.
     *
     * @param validate throws what is wrong with the config
     * @param resolve gets the config with its secrets
     */
    public TestReport test(String kind, Runnable validate, Supplier<ResolvedConfig> resolve) {
        try (TestRun run = new TestRun(kind, stepTimeout, totalTimeout)) {
            return steps(run, kind, validate, resolve);
        }
    }

    private TestReport steps(TestRun run, String kind, Runnable validate, Supplier<ResolvedConfig> resolve) {
        try {
            run.step(Step.VALIDATE, () -> {
                validate.run();
                return "";
            });
            ResolvedConfig config = run.step(Step.RESOLVE_SECRETS, resolve::get, resolved -> null);
            run.redactWith(config);
            ConnectionTarget target = new ConnectionTarget(kind, config, policy, stepTimeout, run.cancellation());
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
            run.step(Step.READ, session::probe);
        } catch (TestRun.StepFailed e) {
            // The run has noted which step failed, and why.
        }
        return run.report();
    }
}
