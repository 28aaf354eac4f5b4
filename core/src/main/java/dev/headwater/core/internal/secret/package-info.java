/** Secrets inside the registry: encryption of literal ones, key rotation, and the reading of linked ones. No API. */
@NullMarked
package dev.headwater.core.internal.secret;

import org.jspecify.annotations.NullMarked;
