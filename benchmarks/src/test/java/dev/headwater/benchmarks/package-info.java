/** Tests that the benchmarks run, and that each peer does the same work as Headwater. */
@NullMarked
package dev.headwater.benchmarks;

import org.jspecify.annotations.NullMarked;
