/** A search server in a JVM of its own, for tests. Not published. */
@NullMarked
package dev.headwater.testservers.opensearch;

import org.jspecify.annotations.NullMarked;
