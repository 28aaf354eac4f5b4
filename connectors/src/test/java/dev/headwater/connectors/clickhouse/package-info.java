/** Tests of ClickHouse, on a stub of its HTTP interface. */
package dev.headwater.connectors.clickhouse;
