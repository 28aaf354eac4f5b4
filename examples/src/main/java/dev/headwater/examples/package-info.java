/**
 * What a host does with Headwater, as programs that the build runs: {@link dev.headwater.examples.Quickstart} shows a
 * registry from its opening to its return, {@link dev.headwater.examples.EmbeddingExample} a service that embeds one.
 */
@NullMarked
package dev.headwater.examples;

import org.jspecify.annotations.NullMarked;
