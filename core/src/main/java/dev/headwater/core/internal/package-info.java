/** The machinery behind {@code dev.headwater.core}. No API: it may change in any release. */
@NullMarked
package dev.headwater.core.internal;

import org.jspecify.annotations.NullMarked;
