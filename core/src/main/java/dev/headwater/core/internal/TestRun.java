package dev.headwater.core.internal;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.HeadwaterException;
import dev.headwater.spi.PreviewMessage;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.TestReport;
import dev.headwater.spi.TestReport.Step;
import dev.headwater.spi.TestReport.StepResult;
import dev.headwater.spi.ValidationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One connection test as it goes: notes each step, and ends at the first that fails. Used by one thread. */
final class TestRun implements AutoCloseable {

    private final String kind;
    private final Duration stepTimeout;
    private final long begin = System.nanoTime();
    private final long deadline;
    private final BoundedWorker worker;
    private final List<StepResult> results = new ArrayList<>();
    private @Nullable ResolvedConfig config;
    private List<PreviewMessage> preview = List.of();

    /** Used on the worker's thread only. */
    private @Nullable ConnectorSession session;

    TestRun(String kind, Duration stepTimeout, Duration totalTimeout, Breaker breaker) {
        this.worker = new BoundedWorker(breaker);
        this.kind = kind;
        this.stepTimeout = stepTimeout;
        this.deadline = begin + totalTimeout.toNanos();
    }

    Cancellation cancellation() {
        return worker.cancellation();
    }

    /** From now on messages are redacted with the secrets of this config. */
    void redactWith(ResolvedConfig resolved) {
        config = resolved;
    }

    /** The report is to show these messages. */
    void show(List<PreviewMessage> messages) {
        preview = messages;
    }

    /** Runs a step whose result is what to say of it; empty for nothing. */
    void step(Step step, Callable<String> work) throws StepFailed {
        step(step, work, said -> said.isEmpty() ? null : said);
    }

    <T> T step(Step step, Callable<T> work, Function<T, @Nullable String> message) throws StepFailed {
        long start = System.nanoTime();
        Duration left = Duration.ofNanos(Math.max(0, deadline - start));
        Duration allowed = left.compareTo(stepTimeout) < 0 ? left : stepTimeout;
        try {
            T result = step == Step.RESOLVE_SECRETS ? worker.callStore(work, allowed) : worker.call(work, allowed);
            results.add(StepResult.passed(step, since(start), redact(message.apply(result))));
            return result;
        } catch (TimeoutException e) {
            throw failed(step, start, FailureCode.TIMED_OUT, "not done within " + allowed.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(step, start, FailureCode.CANCELLED, "the calling thread was interrupted");
        } catch (CancellationException e) {
            throw failed(step, start, FailureCode.CANCELLED, "the registry closed");
        } catch (ExecutionException e) {
            throw failed(step, start, e.getCause() == null ? e : e.getCause());
        }
    }

    /** Takes a session over, on the worker's thread; it is closed with the run, even if its step was given up before. */
    ConnectorSession closing(ConnectorSession opened) {
        session = opened;
        return opened;
    }

    private StepFailed failed(Step step, long start, Throwable failure) {
        if (failure instanceof ConnectorException e) {
            results.add(StepResult.failed(step, since(start), e.failure(), text(e.getMessage()), e.hint()));
            return new StepFailed();
        }
        if (failure instanceof ValidationException e) {
            return failed(step, start, FailureCode.INVALID_CONFIG, text(e.getMessage()));
        }
        if (failure instanceof HeadwaterException e && step == Step.RESOLVE_SECRETS) {
            return failed(step, start, FailureCode.SECRET_UNAVAILABLE, text(e.getMessage()));
        }
        return failed(step, start, FailureCode.FAILED, text(failure.toString()));
    }

    private StepFailed failed(Step step, long start, FailureCode code, String message) {
        results.add(StepResult.failed(step, since(start), code, message, code.hint()));
        return new StepFailed();
    }

    private String text(@Nullable String message) {
        String redacted = redact(message);
        return redacted == null ? "no message" : redacted;
    }

    private @Nullable String redact(@Nullable String message) {
        return config == null ? message : config.redact(message);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    TestReport report() {
        List<StepResult> all = new ArrayList<>(results);
        Step[] steps = Step.values();
        for (int i = results.size(); i < steps.length; i++) {
            all.add(StepResult.skipped(steps[i]));
        }
        return new TestReport(kind, all, since(begin), preview);
    }

    @Override
    public void close() {
        worker.finallyDo(() -> {
            if (session != null) {
                session.close();
            }
        });
        worker.close();
    }

    /** Ends the run; the result of the step says why. */
    static final class StepFailed extends Exception {

        private static final long serialVersionUID = 1L;

        StepFailed() {
            super(null, null, false, false);
        }
    }
}
