package dev.headwater.connectors.search;

/** The Elasticsearch of the tests. */
public final class ElasticsearchFixture extends SearchFixture {

    public ElasticsearchFixture() {
        super("elasticsearch");
    }
}
