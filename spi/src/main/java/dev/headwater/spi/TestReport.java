package dev.headwater.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a connection test found, step by step. Holds no secrets.
 *
 * @param kind the id of the kind that was tested
 * @param steps all five steps, in the order of {@link Step}
 * @param took how long all of it took
 * @param preview messages of a stream, if they were asked for; the data of others, so keep them out of logs
 */
public record TestReport(String kind, List<StepResult> steps, Duration took, List<PreviewMessage> preview) {

    public TestReport {
        steps = List.copyOf(steps);
        preview = List.copyOf(preview);
    }

    /** {@return whether every step passed} */
    public boolean passed() {
        return steps.stream().allMatch(step -> step.outcome() == Outcome.PASSED);
    }

    /** {@return the step that failed, if one did} */
    public Optional<StepResult> failure() {
        return steps.stream().filter(step -> step.outcome() == Outcome.FAILED).findFirst();
    }

    /** The steps, in their order. */
    public enum Step {
        /** The config is complete and right in itself. */
        VALIDATE,
        /** Every linked and sealed secret can be had. */
        RESOLVE_SECRETS,
        /** The destination is allowed and answers. */
        REACH,
        /** The credentials are accepted. */
        AUTHENTICATE,
        /** Something can be read. */
        READ
    }

    /** How a step ended. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** A step before it failed. */
        SKIPPED
    }

    /**
     * One step.
     *
     * @param step which
     * @param outcome how it ended
     * @param took how long it took; zero if skipped
     * @param code why it failed, or null if it did not
     * @param message what happened, redacted; null if there is nothing to say
     * @param hint what to do, or null if it did not fail
     */
    public record StepResult(
            Step step,
            Outcome outcome,
            Duration took,
            @Nullable FailureCode code,
            @Nullable String message,
            @Nullable String hint) {

        /** A step that passed. */
        public static StepResult passed(Step step, Duration took, @Nullable String message) {
            return new StepResult(step, Outcome.PASSED, took, null, message, null);
        }

        /** A step that failed. */
        public static StepResult failed(Step step, Duration took, FailureCode code, String message, String hint) {
            return new StepResult(step, Outcome.FAILED, took, code, message, hint);
        }

        /** A step that was not reached. */
        public static StepResult skipped(Step step) {
            return new StepResult(step, Outcome.SKIPPED, Duration.ZERO, null, null, null);
        }
    }
}
