/** Tests of the connectors for Elasticsearch and OpenSearch, on real engines with a stub of their security in front. */
package dev.headwater.connectors.search;
