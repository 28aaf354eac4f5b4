package dev.headwater.core;

import dev.headwater.core.internal.ConfigResolver.Resolution;
import dev.headwater.core.internal.PendingConfig;
import dev.headwater.core.internal.metrics.Metrics;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.HealthStatus;
import dev.headwater.spi.Observations;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.TestReport;
import dev.headwater.spi.ValidationException;
import dev.headwater.spi.ValidationResult;
import dev.headwater.spi.Violation;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Resolves and tests data sources of one environment. */
final class Probes {

    /**
     * The data source was never asked, so nothing is known of it: what is missing or forbidden is on this side. An invalid
     * config is not among them, since nobody will ever connect with it.
     */
    private static final Set<FailureCode> NOT_ASKED = EnumSet.of(
            FailureCode.CONNECTOR_MISSING,
            FailureCode.DRIVER_MISSING,
            FailureCode.SECRET_UNAVAILABLE,
            FailureCode.DESTINATION_REFUSED);

    private static final Set<FailureCode> CANCELLED = EnumSet.of(FailureCode.CANCELLED);

    private final RegistryParts parts;
    private final EnvironmentId environment;

    Probes(RegistryParts parts, EnvironmentId environment) {
        this.parts = parts;
        this.environment = environment;
    }

    ResolvedConfig resolve(DataSourceRecord record) {
        return resolution(record).config();
    }

    private Resolution resolution(DataSourceRecord record) {
        return parts.resolver().resolveStored(record, parts.kinds().compiled(record.kind()));
    }

    /** For a test: a secret that was missing a moment ago may have been made since. */
    private ResolvedConfig resolve(String kind, PendingConfig config) {
        return parts.resolver()
                .resolveAnew(environment, parts.kinds().compiled(kind).defaults(), config)
                .config();
    }

    void requireSecrets(PendingConfig config) {
        parts.resolver().requireSecrets(config);
    }

    /** Tests what was read and found valid, and is not stored. */
    TestReport test(SpecReader.Wish wish) {
        String kind = wish.spec().kind();
        return parts.tester().test(kind, () -> {}, () -> resolve(kind, wish.config()), 0);
    }

    /** Tests a draft; what is wrong with it fails the first step. */
    TestReport test(DataSourceDraft draft, TestOptions options) {
        Lazily wish = new Lazily();
        return parts.tester()
                .test(
                        parts.kinds().compiled(draft.kind()).definition().id(),
                        () -> wish.value = parts.reader().read(draft, null),
                        () -> resolve(wish.value().spec().kind(), wish.value().config()),
                        options.previewMessages());
    }

    /** Tests a stored data source for somebody who waits for it, and notes its health. */
    TestReport test(DataSourceRecord record, TestOptions options) {
        PendingConfig config = PendingConfig.stored(record.config());
        return test(
                record,
                options.previewMessages(),
                () -> parts.resolver()
                        .resolveAnew(
                                environment,
                                parts.kinds().compiled(record.kind()).defaults(),
                                config));
    }

    /** Tests a stored data source in the background, and notes its health. */
    TestReport check(DataSourceRecord record) {
        return test(record, 0, () -> resolution(record));
    }

    private TestReport test(DataSourceRecord record, int previewMessages, Supplier<Resolution> resolutions) {
        TestReport report = testAgainIfRotated(record, previewMessages, resolutions);
        parts.metrics().tested(record.kind(), outcome(report), report.took());
        if (failedBy(report, CANCELLED)) {
            // Says something of the caller, and nothing of the data source.
            return report;
        }
        Instant now = parts.clock().instant();
        HealthState before = parts.store()
                .observations(environment, Set.of(record.id()))
                .getOrDefault(record.id(), Observations.NONE)
                .health();
        HealthState after = health(before, report, now);
        if (parts.store().recordHealth(environment, record.id(), after)) {
            parts.observers().health(record, before, after);
        }
        return report;
    }

    private static String outcome(TestReport report) {
        return report.failure()
                .map(TestReport.StepResult::code)
                .map(code -> code.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .orElse(Metrics.SUCCESS);
    }

    private static boolean failedBy(TestReport report, Set<FailureCode> codes) {
        return report.failure().filter(step -> codes.contains(step.code())).isPresent();
    }

    /** A rejected login may only mean that a linked secret was rotated; then the test is made again with the new one. */
    private TestReport testAgainIfRotated(
            DataSourceRecord record, int previewMessages, Supplier<Resolution> resolutions) {
        AtomicReference<@Nullable Resolution> used = new AtomicReference<>();
        Supplier<ResolvedConfig> resolve = () -> {
            Resolution resolution = resolutions.get();
            used.set(resolution);
            return resolution.config();
        };
        TestReport report = parts.tester().test(record.kind(), () -> {}, resolve, previewMessages);
        Resolution rejected = used.get();
        boolean again = rejected != null
                && report.failure()
                        .filter(step -> step.code() == FailureCode.WRONG_CREDENTIALS)
                        .isPresent()
                && parts.resolver().refreshAfterRejection(rejected);
        return again ? parts.tester().test(record.kind(), () -> {}, resolve, previewMessages) : report;
    }

    /** Tests a stored data source as it would be with changes. */
    TestReport test(DataSourceRecord record, DataSourcePatch overrides, TestOptions options) {
        Lazily wish = new Lazily();
        return parts.tester()
                .test(
                        record.kind(),
                        () -> {
                            SpecReader.Wish read = parts.reader().read(overrides, record);
                            requireOwnSecrets(record, read);
                            wish.value = read;
                        },
                        () -> resolve(record.kind(), wish.value().config()),
                        options.previewMessages());
    }

    /**
     * Stored secrets go to the stored destination only: who may test must not be able to have them sent to a server of
     * his own. Once a field changes that decides where or how is connected, every secret that stays must be given anew.
     */
    private void requireOwnSecrets(DataSourceRecord record, SpecReader.Wish wish) {
        Map<String, ConfigValue> now = wish.config().values();
        List<String> moved =
                Destination.changed(parts.kinds().compiled(record.kind()).definition(), record.config(), now);
        if (moved.isEmpty()) {
            return;
        }
        List<Violation> violations = now.entrySet().stream()
                .filter(entry -> !(entry.getValue() instanceof ConfigValue.Literal))
                .filter(entry -> entry.getValue().equals(record.config().get(entry.getKey())))
                .map(entry -> Violation.of(
                        entry.getKey(),
                        "secret-destination",
                        "field " + entry.getKey() + " keeps its stored secret while " + String.join(", ", moved)
                                + " would change; expected the secret to be given anew, since a stored secret is sent"
                                + " to the stored destination only"))
                .toList();
        if (!violations.isEmpty()) {
            throw new ValidationException(
                    "test of " + record.name() + " with overrides", new ValidationResult(violations, List.of()));
        }
    }

    private static HealthState health(HealthState before, TestReport report, Instant now) {
        if (report.passed()) {
            return new HealthState(HealthStatus.HEALTHY, now, now, null);
        }
        TestReport.StepResult failure = report.failure().orElseThrow();
        String message = failure.step() + ": " + failure.message();
        return new HealthState(
                notAsked(report, failure) ? HealthStatus.UNKNOWN : HealthStatus.UNHEALTHY,
                now,
                before.lastHealthyAt(),
                message.substring(0, Math.min(message.length(), HealthState.MAX_MESSAGE_LENGTH)));
    }

    private static boolean notAsked(TestReport report, TestReport.StepResult failure) {
        return failure.step() == TestReport.Step.RESOLVE_SECRETS || failedBy(report, NOT_ASKED);
    }

    /** Hands the wish from one step to the next. */
    private static final class Lazily {

        private volatile SpecReader.@Nullable Wish value;

        SpecReader.Wish value() {
            return Objects.requireNonNull(value);
        }
    }
}
