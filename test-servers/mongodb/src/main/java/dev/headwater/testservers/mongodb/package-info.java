/** A server for MongoDB's protocol in a JVM of its own, for tests. Not published. */
@NullMarked
package dev.headwater.testservers.mongodb;

import org.jspecify.annotations.NullMarked;
