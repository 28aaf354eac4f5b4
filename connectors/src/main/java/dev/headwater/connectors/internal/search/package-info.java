/** Elasticsearch and OpenSearch, by the part of their REST API that they have in common. No API. */
@NullMarked
package dev.headwater.connectors.internal.search;

import org.jspecify.annotations.NullMarked;
