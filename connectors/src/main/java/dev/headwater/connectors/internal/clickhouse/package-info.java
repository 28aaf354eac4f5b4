/** What ClickHouse adds to the JDBC engine. No API. */
@NullMarked
package dev.headwater.connectors.internal.clickhouse;

import org.jspecify.annotations.NullMarked;
