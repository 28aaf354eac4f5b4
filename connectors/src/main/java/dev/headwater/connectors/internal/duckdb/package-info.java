/** What DuckDB adds to the JDBC engine. No API. */
@NullMarked
package dev.headwater.connectors.internal.duckdb;

import org.jspecify.annotations.NullMarked;
