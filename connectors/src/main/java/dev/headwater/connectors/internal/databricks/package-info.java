/** Databricks over its REST API. No API. */
@NullMarked
package dev.headwater.connectors.internal.databricks;

import org.jspecify.annotations.NullMarked;
