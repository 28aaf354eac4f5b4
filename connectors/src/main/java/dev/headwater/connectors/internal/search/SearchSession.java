package dev.headwater.connectors.internal.search;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.headwater.connectors.internal.Failures;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.TableList;
import java.io.IOException;
import java.util.function.IntConsumer;

/** A session over HTTP: each request logs in. */
final class SearchSession implements ConnectorSession {

    private static final String OPENSEARCH = "opensearch";

    private final SearchSettings settings;
    private final ConnectionTarget target;
    private final SearchHttp http;
    private String server = "";

    SearchSession(SearchSettings settings, ConnectionTarget target, SearchHttp http) {
        this.settings = settings;
        this.target = target;
        this.http = http;
    }

    /** Sees whether the credentials are taken, and what kind of server takes them. */
    void logIn() {
        run("log in to " + settings.endpoint(), () -> {
            try {
                server = name(http.get("/"));
            } catch (SearchErrorException e) {
                // Whoever may not ask for the version is known all the same, and may perhaps read.
                if (e.status() != 403) {
                    throw e;
                }
                server = settings.kind();
            }
            return server;
        });
    }

    private String name(JsonObject root) throws WrongServerException {
        JsonObject version = SearchFields.object(root, "version");
        if (version == null || !version.has("number")) {
            throw new WrongServerException("what answers is neither Elasticsearch nor OpenSearch");
        }
        JsonElement distribution = version.get("distribution");
        boolean opensearch = distribution != null
                && distribution.isJsonPrimitive()
                && distribution.getAsString().equals(OPENSEARCH);
        if (opensearch != settings.kind().equals(OPENSEARCH)) {
            throw new WrongServerException(
                    opensearch
                            ? "the server is OpenSearch, which is a kind of its own"
                            : "the server is Elasticsearch, which is a kind of its own");
        }
        return (opensearch ? "OpenSearch " : "Elasticsearch ")
                + version.get("number").getAsString();
    }

    @Override
    public String probe() {
        return run("search", () -> {
            http.get("/_search?size=0&terminate_after=1");
            return Failures.line(server, target.config());
        });
    }

    @Override
    public TableList readTables(int maxTables, IntConsumer progress) {
        if (maxTables < 1) {
            throw new IllegalArgumentException("maxTables must be at least 1, is " + maxTables);
        }
        return run("read the indices", () -> new SearchCatalog(http).read(maxTables, progress));
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T run(String doing, Work<T> work) {
        Failures.refuseCancelled(target);
        try {
            return work.run();
        } catch (IOException | RuntimeException e) {
            throw SearchFailures.translate(target, doing, e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
