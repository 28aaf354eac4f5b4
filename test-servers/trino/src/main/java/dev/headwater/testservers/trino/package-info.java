/** A Trino server in a JVM of its own, for tests. Not published. */
@NullMarked
package dev.headwater.testservers.trino;

import org.jspecify.annotations.NullMarked;
