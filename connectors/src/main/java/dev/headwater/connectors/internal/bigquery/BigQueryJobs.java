package dev.headwater.connectors.internal.bigquery;

import com.google.gson.JsonObject;
import dev.headwater.connectors.internal.rest.Json;
import dev.headwater.connectors.internal.rest.RestClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.HttpUrl;

/**
 * Runs queries: https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/query and, for further pages and for answers
 * that take their time, https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/getQueryResults.
 */
final class BigQueryJobs {

    private static final int ROWS_PER_PAGE = 10_000;

    /** The API waits for no longer than this. */
    private static final long LONGEST_WAIT_MILLIS = 10_000;

    private final RestClient http;
    private final HttpUrl project;
    private final Duration timeout;

    /** @param timeout how long a query may take to its first row */
    BigQueryJobs(RestClient http, HttpUrl project, Duration timeout) {
        this.http = http;
        this.project = project;
        this.timeout = timeout;
    }

    /**
     * Runs a query.
     *
     * @param location where, or empty for where BigQuery finds fit
     * @param rows takes the values of each row, in the order of the columns
     */
    void run(String sql, String location, Consumer<List<Optional<String>>> rows) {
        long start = System.nanoTime();
        JsonObject request = new JsonObject();
        request.addProperty("query", sql);
        request.addProperty("useLegacySql", false);
        request.addProperty("maxResults", ROWS_PER_PAGE);
        request.addProperty("timeoutMs", waitMillis());
        request.addProperty("jobTimeoutMs", Long.toString(Math.max(1_000, timeout.toMillis())));
        if (!location.isEmpty()) {
            request.addProperty("location", location);
        }
        Json answer = http.post(project.newBuilder().addPathSegment("queries").build(), request, "run a query");
        while (!answer.get("jobComplete").isTrue()) {
            if (System.nanoTime() - start > timeout.toNanos()) {
                throw new ConnectorException(
                        FailureCode.TIMED_OUT, "could not run a query: it did not end within " + timeout);
            }
            answer = http.get(results(answer, "").build(), "wait for a query");
        }
        emit(answer, rows);
        Optional<String> page = answer.get("pageToken").text();
        while (page.isPresent()) {
            Json next = http.get(results(answer, page.get()).build(), "read the answer of a query");
            emit(next, rows);
            page = next.get("pageToken").text();
        }
    }

    private long waitMillis() {
        // Less than the timeout of the call itself, so that it is the server that says that it is not done.
        return Math.max(1, Math.min(LONGEST_WAIT_MILLIS, TimeUnit.NANOSECONDS.toMillis(timeout.toNanos()) * 3 / 4));
    }

    private HttpUrl.Builder results(Json answer, String page) {
        Json job = answer.get("jobReference");
        HttpUrl.Builder url = project.newBuilder()
                .addPathSegment("queries")
                .addPathSegment(job.need("jobId"))
                .addQueryParameter("maxResults", "" + ROWS_PER_PAGE)
                .addQueryParameter("timeoutMs", "" + waitMillis());
        job.get("location").text().ifPresent(location -> url.addQueryParameter("location", location));
        return page.isEmpty() ? url : url.addQueryParameter("pageToken", page);
    }

    private static void emit(Json answer, Consumer<List<Optional<String>>> rows) {
        for (Json row : answer.get("rows").list()) {
            rows.accept(row.get("f").list().stream()
                    .map(cell -> cell.get("v").text())
                    .toList());
        }
    }
}
