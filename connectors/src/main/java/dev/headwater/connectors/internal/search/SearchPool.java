package dev.headwater.connectors.internal.search;

import dev.headwater.connectors.SearchClient;
import dev.headwater.connectors.internal.http.HttpAnswer;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** A client over connections that are kept while they are used. */
final class SearchPool implements ConnectorClient, SearchClient {

    private final ConnectionTarget target;
    private final String name;
    private final SearchHttp http;
    private final AtomicInteger inUse = new AtomicInteger();
    private volatile boolean retired;

    SearchPool(SearchSettings settings, ConnectionTarget target, ClientSettings client) {
        // Requests of later belong to the life of the client, not to the making of it.
        this.target = new ConnectionTarget(
                target.kind(), target.config(), target.policy(), Duration.ofSeconds(MAX_SECONDS), new Cancellation());
        this.name = client.name();
        this.http = new SearchHttp(settings, this.target);
    }

    @Override
    public Answer send(String method, String path, @Nullable String json) {
        Request request = http.request(method, path, json);
        if (retired) {
            throw new ConnectorException(
                    FailureCode.CANCELLED, "this client is closed; a newer one may have taken its place");
        }
        inUse.incrementAndGet();
        try {
            HttpAnswer answer = http.http().send(request, MAX_ANSWER_BYTES);
            return new Answer(answer.status(), answer.body());
        } catch (IOException e) {
            throw SearchFailures.translate(target, "send a request", e);
        } finally {
            inUse.decrementAndGet();
        }
    }

    @Override
    public Object client() {
        return this;
    }

    @Override
    public int inUse() {
        return inUse.get();
    }

    @Override
    public void retire() {
        retired = true;
        http.http().client().connectionPool().evictAll();
    }

    @Override
    public void close() {
        retired = true;
        target.cancellation().cancel();
        http.close();
    }

    /** Says nothing of the config. */
    @Override
    public String toString() {
        return "SearchClient[" + name + "]";
    }
}
