package dev.headwater.core;

import dev.headwater.spi.ErrorCategory;
import dev.headwater.spi.HeadwaterException;
import dev.headwater.spi.TestReport;

/** A write asked for a passing connection test, and the test failed. Nothing was written. */
public final class ConnectionTestFailedException extends HeadwaterException {

    private static final long serialVersionUID = 1L;

    private final transient TestReport report;

    ConnectionTestFailedException(String name, TestReport report) {
        super("test-failed", ErrorCategory.EXTERNAL, render(name, report), null);
        this.report = report;
    }

    private static String render(String name, TestReport report) {
        return report.failure()
                .map(step -> "the connection test of " + name + " failed at " + step.step() + ": " + step.message()
                        + ". " + step.hint())
                .orElse("the connection test of " + name + " failed");
    }

    /** {@return what the test found, step by step} */
    public TestReport report() {
        return report;
    }
}
