package dev.headwater.fakeserver;

import dev.headwater.spi.SourceSystem;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about what a server got and holds. What they print holds no secrets. Begin with {@link #assertThat}.
 *
 * <pre>{@code
 * assertThat(server).received(SourceSystem.CHALK, "InsertIntegration").once().withField("orders", "name");
 * }</pre>
 */
public final class FakeServerAssert extends AbstractAssert<FakeServerAssert, FakeServer> {

    private FakeServerAssert(FakeServer server) {
        super(server, FakeServerAssert.class);
    }

    /** Begins. */
    public static FakeServerAssert assertThat(FakeServer server) {
        return new FakeServerAssert(server);
    }

    /**
     * There was a call of the operation; see {@link RecordedRequest#operation()}.
     *
     * @return assertions about the calls of it
     */
    public RecordedRequestsAssert received(SourceSystem system, String operation) {
        List<RecordedRequest> requests = actual.requests(system, operation);
        if (requests.isEmpty()) {
            failWithMessage("expected a call of %s of %s, but got%s", operation, system.label(), all());
        }
        return new RecordedRequestsAssert(system.label() + " " + operation, requests);
    }

    /** There was no call of the operation. */
    public FakeServerAssert receivedNo(SourceSystem system, String operation) {
        if (!actual.requests(system, operation).isEmpty()) {
            failWithMessage("expected no call of %s of %s, but got%s", operation, system.label(), all());
        }
        return this;
    }

    /** There was no call at all. */
    public FakeServerAssert receivedNothing() {
        if (!actual.requests().isEmpty()) {
            failWithMessage("expected no calls, but got%s", all());
        }
        return this;
    }

    /** The first scope holds a data source of that name. */
    public FakeServerAssert holds(String name) {
        if (!names().contains(name)) {
            failWithMessage("expected a data source named %s, but there are %s", name, names());
        }
        return this;
    }

    /** The first scope holds no data source of that name. */
    public FakeServerAssert holdsNo(String name) {
        if (names().contains(name)) {
            failWithMessage("expected no data source named %s, but there are %s", name, names());
        }
        return this;
    }

    private List<String> names() {
        return actual.dataSources().stream().map(FakeDataSource::name).toList();
    }

    private String all() {
        List<RecordedRequest> requests = actual.requests();
        return requests.isEmpty()
                ? " none"
                : requests.stream().map(request -> "\n  " + request).collect(Collectors.joining());
    }
}
