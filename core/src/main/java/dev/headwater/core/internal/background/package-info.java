/**
 * Background work: how many tasks may run where at once, when a task comes again, threads to run them on, and the queue of
 * a registry that has no other one.
 */
@NullMarked
package dev.headwater.core.internal.background;

import org.jspecify.annotations.NullMarked;
