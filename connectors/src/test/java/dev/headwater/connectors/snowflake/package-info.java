/** Tests of Snowflake, on a stub of its service. */
package dev.headwater.connectors.snowflake;
