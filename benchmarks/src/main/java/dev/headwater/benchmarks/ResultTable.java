package dev.headwater.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The ratios of benchmarks to their peers. */
final class ResultTable {

    private static final String HEAD = """
            | Benchmark | Headwater | Peer | Peer's score | Ratio | Goal |
            |---|---:|---|---:|---:|---|
            """;

    private record Key(String type, Map<String, String> parameters, String method) {

        Key peer(String name) {
            return new Key(type, parameters, name);
        }
    }

    private final Map<Key, Result<?>> scores = new LinkedHashMap<>();

    private ResultTable() {}

    static ResultTable of(Collection<RunResult> results) {
        ResultTable table = new ResultTable();
        for (RunResult result : results) {
            table.scores.put(key(result.getParams()), result.getPrimaryResult());
        }
        return table;
    }

    private static Key key(BenchmarkParams params) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name : params.getParamsKeys()) {
            parameters.put(name, params.getParam(name));
        }
        String benchmark = params.getBenchmark();
        int dot = benchmark.lastIndexOf('.');
        return new Key(benchmark.substring(0, dot), parameters, benchmark.substring(dot + 1));
    }

    String markdown() {
        StringBuilder rows = new StringBuilder(HEAD);
        scores.forEach((key, score) -> {
            Compared compared = compared(key);
            if (compared != null) {
                rows(key, score, compared).forEach(rows::append);
            }
        });
        return rows.toString();
    }

    private List<String> rows(Key key, Result<?> score, Compared compared) {
        List<String> rows = new ArrayList<>();
        boolean goals = compared.goalOnlyFor().length == 0
                || Stream.of(compared.goalOnlyFor())
                        .anyMatch(value -> key.parameters().containsValue(value));
        for (String peer : compared.with()) {
            Result<?> other = scores.get(key.peer(peer));
            if (other == null) {
                continue;
            }
            double ratio = score.getScore() / other.getScore();
            boolean first = peer.equals(compared.with()[0]);
            rows.add("| %s | %s | %s | %s | %.2f | %s |\n"
                    .formatted(
                            title(key),
                            shown(score),
                            peer,
                            shown(other),
                            ratio,
                            goals && first ? goal(compared, ratio, score) : ""));
        }
        return rows;
    }

    private static String goal(Compared compared, double ratio, Result<?> score) {
        if (!Double.isNaN(compared.atMostTimes())) {
            return verdict("≤ " + compared.atMostTimes() + "x", ratio <= compared.atMostTimes());
        }
        if (!Double.isNaN(compared.atMost())) {
            return verdict(
                    String.format(Locale.ROOT, "< %.0f %s", compared.atMost(), score.getScoreUnit()),
                    score.getScore() < compared.atMost());
        }
        return "";
    }

    private static String verdict(String goal, boolean met) {
        return goal + (met ? ", met" : ", **missed**");
    }

    private static String title(Key key) {
        String type = key.type().substring(key.type().lastIndexOf('.') + 1).replace("Benchmark", "");
        String parameters = String.join(", ", key.parameters().values());
        return type + "." + key.method() + (parameters.isEmpty() ? "" : " (" + parameters + ")");
    }

    private static String shown(Result<?> result) {
        double score = result.getScore();
        String number = score < 10 ? "%.2f" : score < 100 ? "%.1f" : "%.0f";
        String shown = String.format(Locale.ROOT, number, score);
        if (!Double.isNaN(result.getScoreError())) {
            shown += " ± " + String.format(Locale.ROOT, number, result.getScoreError());
        }
        return shown + " " + result.getScoreUnit();
    }

    private static @Nullable Compared compared(Key key) {
        try {
            return Class.forName(key.type()).getDeclaredMethod(key.method()).getAnnotation(Compared.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no " + Benchmark.class.getSimpleName() + " " + key, e);
        }
    }
}
