/** Nodes that share a database, in processes of their own: killed, cut off, and given more to do than they can at once. */
@org.jspecify.annotations.NullMarked
package dev.headwater.store.jdbc.cluster;
