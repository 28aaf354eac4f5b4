package dev.headwater.connectors.internal.bigquery;

import dev.headwater.connectors.internal.rest.Json;
import dev.headwater.connectors.internal.rest.RestClient;
import dev.headwater.connectors.internal.rest.RestSession;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import okhttp3.HttpUrl;

/** A login to BigQuery. */
final class BigQuerySession extends RestSession {

    private static final int DATASETS_PER_PAGE = 1_000;

    private final HttpUrl root;
    private final String project;
    private final String dataset;
    private final String location;
    private final BigQueryJobs jobs;

    /**
     * @param dataset the dataset to work in, or empty for all of the project
     * @param location where queries run, or empty for where BigQuery finds fit
     */
    BigQuerySession(
            ConnectionTarget target, RestClient http, HttpUrl root, String project, String dataset, String location) {
        super(target, http);
        this.root = root;
        this.project = project;
        this.dataset = dataset;
        this.location = location;
        this.jobs = new BigQueryJobs(http, project(), target.timeout());
    }

    private HttpUrl project() {
        return root.newBuilder()
                .addPathSegments("bigquery/v2/projects")
                .addPathSegment(project)
                .build();
    }

    private HttpUrl.Builder datasets() {
        return project().newBuilder().addPathSegment("datasets");
    }

    /** Asks for the dataset, or where none is named for any, which shows whether the project is there. */
    void checkPresence() {
        if (dataset.isEmpty()) {
            http.get(datasets().addQueryParameter("maxResults", "1").build(), "list the datasets of " + project);
            return;
        }
        String at = locationOfDataset();
        if (!location.isEmpty() && !at.equalsIgnoreCase(location)) {
            throw new ConnectorException(
                    FailureCode.NO_SUCH_DATABASE,
                    "the dataset " + dataset + " is in " + at + ", not in " + location,
                    "Correct the location, or leave it out.");
        }
    }

    private String locationOfDataset() {
        return http.get(datasets().addPathSegment(dataset).build(), "find the dataset " + dataset)
                .need("location");
    }

    @Override
    public String probe() {
        jobs.run("select 1", dataset.isEmpty() ? location : locationOfDataset(), row -> {});
        return dataset.isEmpty() ? "BigQuery, project " + project : "BigQuery, dataset " + project + "." + dataset;
    }

    @Override
    protected void read(Tables into) {
        if (!dataset.isEmpty()) {
            read(dataset, locationOfDataset(), into);
            return;
        }
        String page = "";
        do {
            HttpUrl.Builder url = datasets().addQueryParameter("maxResults", "" + DATASETS_PER_PAGE);
            if (!page.isEmpty()) {
                url.addQueryParameter("pageToken", page);
            }
            Json answer = http.get(url.build(), "list the datasets of " + project);
            for (Json one : answer.get("datasets").list()) {
                if (into.full()) {
                    return;
                }
                read(one.get("datasetReference").need("datasetId"), one.need("location"), into);
            }
            page = answer.get("nextPageToken").text().orElse("");
        } while (!page.isEmpty() && !into.full());
    }

    private void read(String name, String at, Tables into) {
        BigQueryCatalog catalog = new BigQueryCatalog(project, name, into);
        jobs.run(catalog.query(into.wanted() + 1L), at, catalog::take);
        catalog.finish();
    }
}
