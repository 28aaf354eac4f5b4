/** Google BigQuery over its REST API. No API. */
@NullMarked
package dev.headwater.connectors.internal.bigquery;

import org.jspecify.annotations.NullMarked;
