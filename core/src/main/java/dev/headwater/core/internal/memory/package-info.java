/** The machinery of {@link dev.headwater.core.InMemoryStore}: one log of commits per environment, read without locks. */
@NullMarked
package dev.headwater.core.internal.memory;

import org.jspecify.annotations.NullMarked;
