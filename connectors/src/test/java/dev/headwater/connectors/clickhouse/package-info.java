/** Tests of ClickHouse, on a stub of its HTTP interface, and on its engine where that can be brought. */
package dev.headwater.connectors.clickhouse;
