/** Tests of Trino, on a server in a JVM of its own. */
package dev.headwater.connectors.trino;
