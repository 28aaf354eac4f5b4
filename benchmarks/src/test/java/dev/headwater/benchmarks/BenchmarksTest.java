package dev.headwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

@DisplayName("The benchmarks")
class BenchmarksTest {

    private static final List<Class<?>> ALL = List.of(
            CreateBenchmark.class,
            FindBenchmark.class,
            PagingBenchmark.class,
            SealingBenchmark.class,
            ValidationBenchmark.class,
            WarmGetBenchmark.class);

    @Test
    @DisplayName("run, each with all of its parameters, and fill the table of ratios")
    void run() throws RunnerException {
        try (Postgres postgres = Postgres.start()) {
            System.setProperty(Postgres.PORT_PROPERTY, Integer.toString(postgres.port()));
            Collection<RunResult> results = new Runner(once()).run();

            assertThat(results.stream()
                            .map(result -> result.getParams().getBenchmark())
                            .collect(Collectors.toSet()))
                    .isEqualTo(methods().map(BenchmarksTest::name).collect(Collectors.toSet()));
            assertThat(ResultTable.of(results).markdown().lines())
                    .hasSizeGreaterThan(results.size() / 2)
                    .allMatch(line -> line.matches("\\|.*\\|"));
        } finally {
            System.clearProperty(Postgres.PORT_PROPERTY);
        }
    }

    @Test
    @DisplayName("name peers that are there")
    void peers() {
        assertThat(methods().filter(method -> method.isAnnotationPresent(Compared.class)))
                .isNotEmpty()
                .allSatisfy(method -> assertThat(methodsOf(method.getDeclaringClass()))
                        .contains(method.getAnnotation(Compared.class).with()));
    }

    private static Options once() {
        return new OptionsBuilder()
                .include(ALL.stream().map(Class::getName).collect(Collectors.joining("|", "(", ")")))
                .mode(Mode.SingleShotTime)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .param("sources", "300")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private static Stream<Method> methods() {
        return ALL.stream()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Benchmark.class));
    }

    private static Set<String> methodsOf(Class<?> type) {
        return methods()
                .filter(method -> method.getDeclaringClass() == type)
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}
