/**
 * Apache Kafka. Tests, schemas and previews speak its protocol over sockets of our own, so that every connect passes the
 * network policy and ends at its deadline; the client that a host gets is Kafka's. No API.
 */
@NullMarked
package dev.headwater.connectors.internal.kafka;

import org.jspecify.annotations.NullMarked;
