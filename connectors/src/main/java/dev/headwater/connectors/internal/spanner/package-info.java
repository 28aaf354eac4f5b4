/** Google Cloud Spanner over its REST API. No API. */
@NullMarked
package dev.headwater.connectors.internal.spanner;

import org.jspecify.annotations.NullMarked;
