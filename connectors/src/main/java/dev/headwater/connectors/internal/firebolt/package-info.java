/** Firebolt over its REST API. No API. */
@NullMarked
package dev.headwater.connectors.internal.firebolt;

import org.jspecify.annotations.NullMarked;
