/** Tests of the Kafka connector, on a broker in a JVM of its own. */
package dev.headwater.connectors.kafka;
