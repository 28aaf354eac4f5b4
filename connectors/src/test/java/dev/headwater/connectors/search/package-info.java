/** Tests of the connectors for Elasticsearch and OpenSearch, on real engines. */
package dev.headwater.connectors.search;
