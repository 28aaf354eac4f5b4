package dev.headwater.testkit;

import dev.headwater.spi.FailureCode;
import dev.headwater.spi.TestReport;
import dev.headwater.spi.TestReport.Outcome;
import dev.headwater.spi.TestReport.Step;
import dev.headwater.spi.TestReport.StepResult;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on a {@link TestReport}; begin with {@link HeadwaterAssertions}. */
public final class TestReportAssert extends AbstractAssert<TestReportAssert, TestReport> {

    TestReportAssert(@Nullable TestReport actual) {
        super(actual, TestReportAssert.class);
    }

    /** Passes if every step passed. */
    public TestReportAssert passed() {
        report().failure().ifPresent(failed -> failWithMessage("%nExpecting the test to pass, but %s", told(failed)));
        return this;
    }

    /** Passes if this step failed with this code, and what comes after it was skipped. */
    public TestReportAssert failedAt(Step step, FailureCode code) {
        StepResult failed = report().failure().orElse(null);
        if (failed == null) {
            failWithMessage("%nExpecting %s to fail with %s, but the test passed", step, code);
        } else if (failed.step() != step || failed.code() != code) {
            failWithMessage("%nExpecting %s to fail with %s, but %s", step, code, told(failed));
        }
        for (StepResult result : report().steps()) {
            if (result.step().compareTo(step) > 0 && result.outcome() != Outcome.SKIPPED) {
                failWithMessage("%nExpecting what comes after %s to be skipped, but %s", step, told(result));
            }
        }
        return this;
    }

    /** Passes if a step failed, and its hint has this text. */
    public TestReportAssert hints(String text) {
        StepResult failed = report().failure().orElse(null);
        if (failed == null) {
            failWithMessage("%nExpecting a hint with%n  %s%nbut the test passed", text);
        } else if (!String.valueOf(failed.hint()).contains(text)) {
            failWithMessage(
                    "%nExpecting the hint of %s to have%n  %s%nbut it is%n  %s", failed.step(), text, failed.hint());
        }
        return this;
    }

    private static String told(StepResult result) {
        return result.step() + " " + result.outcome()
                + (result.code() == null ? "" : " with " + result.code() + ": " + result.message());
    }

    private TestReport report() {
        isNotNull();
        return actual;
    }
}
