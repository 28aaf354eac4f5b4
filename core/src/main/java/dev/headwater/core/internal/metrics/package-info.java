/** Where the registry counts what it does: nowhere, or in Micrometer, which is an optional dependency. */
@NullMarked
package dev.headwater.core.internal.metrics;

import org.jspecify.annotations.NullMarked;
