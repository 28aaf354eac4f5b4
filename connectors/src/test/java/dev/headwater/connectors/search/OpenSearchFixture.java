package dev.headwater.connectors.search;

/** The OpenSearch of the tests. */
public final class OpenSearchFixture extends SearchFixture {

    public OpenSearchFixture() {
        super("opensearch");
    }
}
