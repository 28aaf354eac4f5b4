package dev.headwater.connectors;

import org.jspecify.annotations.Nullable;

/**
 * What a host works with of an Elasticsearch or OpenSearch source: its REST API, logged in as the config says, over
 * connections that the host's network policy allows. The vendors' own clients make connections that nobody can hold to a
 * policy, so this takes and gives JSON as text; their request builders make such text as well.
 *
 * <p>Safe for use by many threads. It belongs to the registry, which closes it.
 */
public interface SearchClient {

    /** How large, in bytes, an answer may be. */
    int MAX_ANSWER_BYTES = 67_108_864;

    /** How long, in seconds, one request may take with its answer. */
    int MAX_SECONDS = 60;

    /**
     * Sends a request and waits for the answer. Blocks, no longer than {@value #MAX_SECONDS} seconds. Nothing is retried.
     *
     * @param method {@code GET}, {@code HEAD}, {@code POST}, {@code PUT} or {@code DELETE}
     * @param path the path with its query, such as {@code /orders/_search?size=10}; begins with one slash
     * @param json the body, JSON or, for a bulk request, lines of JSON; null for none
     * @return the answer, whatever its status
     * @throws IllegalArgumentException if the method is another one, or the path does not begin with one slash
     * @throws dev.headwater.spi.ConnectorException if there is no answer, or it is too large, or this has ended
     */
    Answer send(String method, String path, @Nullable String json);

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param json the body, as a rule JSON; empty if there is none
     */
    record Answer(int status, String json) {

        /** The status and not the body, which holds the data of others. */
        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }
}
