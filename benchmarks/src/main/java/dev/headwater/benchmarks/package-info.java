/**
 * JMH benchmarks. Every number of Headwater's is taken in the same run as that of a peer that does the same work, and is
 * told as a ratio to it. {@link dev.headwater.benchmarks.Benchmarks} runs them all and prints the table of ratios.
 */
@NullMarked
package dev.headwater.benchmarks;

import org.jspecify.annotations.NullMarked;
