package dev.headwater.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks with short settings and prints a Markdown table of ratios to their peers, which it also writes to
 * {@code target/benchmarks.md}. Takes the options of JMH's command line: {@code -f 1 -i 3 Validation} runs fewer, shorter.
 */
public final class Benchmarks {

    private static final int FORKS = 2;
    private static final int WARMUPS = 3;
    private static final int ITERATIONS = 5;
    private static final TimeValue ITERATION = TimeValue.milliseconds(400);

    private Benchmarks() {}

    /** Runs the benchmarks that the arguments name, or all. */
    public static void main(String[] args) throws CommandLineOptionException, RunnerException, IOException {
        CommandLineOptions asked = new CommandLineOptions(args);
        ChainedOptionsBuilder options = defaults(asked);
        Conditions conditions = Conditions.begin();
        Collection<RunResult> results;
        try (Postgres postgres = Postgres.start()) {
            options.jvmArgsAppend("-D" + Postgres.PORT_PROPERTY + "=" + postgres.port());
            results = new Runner(options.build()).run();
        }
        String report = conditions.end() + "\n" + ResultTable.of(results).markdown();
        System.out.println("\n" + report);
        Path target = Files.createDirectories(Path.of("target"));
        Files.writeString(target.resolve("benchmarks.md"), report, StandardCharsets.UTF_8);
    }

    private static ChainedOptionsBuilder defaults(CommandLineOptions asked) {
        ChainedOptionsBuilder options =
                new OptionsBuilder().parent(asked).mode(Mode.AverageTime).shouldFailOnError(true);
        if (!asked.getForkCount().hasValue()) {
            options.forks(FORKS);
        }
        if (!asked.getWarmupIterations().hasValue()) {
            options.warmupIterations(WARMUPS);
        }
        if (!asked.getMeasurementIterations().hasValue()) {
            options.measurementIterations(ITERATIONS);
        }
        if (!asked.getWarmupTime().hasValue()) {
            options.warmupTime(ITERATION);
        }
        if (!asked.getMeasurementTime().hasValue()) {
            options.measurementTime(ITERATION);
        }
        return options;
    }
}
