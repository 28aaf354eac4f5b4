package dev.headwater.fakeserver;

import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.TestReport;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides how the connection tests end that clients ask for. Called by many threads at once. */
@FunctionalInterface
public interface ConnectionTests {

    /** {@return how it ends} May block; the client waits that long. */
    ConnectionOutcome test(ConnectionAttempt attempt);

    /** All succeed, and nothing is connected to: the default. */
    static ConnectionTests succeed() {
        return attempt -> ConnectionOutcome.succeeded();
    }

    /** All fail in one way. */
    static ConnectionTests fail(FailureCode code, String message) {
        return attempt -> ConnectionOutcome.failed(code, message);
    }

    /**
     * Real tests, by the connectors of a registry, in the environment of the scope's name; nothing is stored. Linked secrets
     * are read from the registry's secret stores. The caller closes the registry.
     */
    static ConnectionTests by(DataSourceRegistry registry) {
        return attempt -> {
            Map<String, @Nullable Object> config = new LinkedHashMap<>(attempt.config());
            TestReport report = registry.environment(attempt.scope())
                    .test(DataSourceDraft.of(attempt.kind(), "connection_test").withConfig(config));
            return report.failure()
                    .map(step -> new ConnectionOutcome(
                            step.code() == null ? FailureCode.FAILED : step.code(),
                            step.message() == null ? "" : step.message(),
                            report.took()))
                    .orElseGet(() -> new ConnectionOutcome(null, "Connection successful", report.took()));
        };
    }
}
