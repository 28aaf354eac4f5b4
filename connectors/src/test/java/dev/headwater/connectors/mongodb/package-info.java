/** Tests of the MongoDB connector, on another maker's server for its protocol. */
package dev.headwater.connectors.mongodb;
