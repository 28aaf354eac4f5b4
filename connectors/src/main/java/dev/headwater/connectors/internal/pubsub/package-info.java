/** Google Pub/Sub over its REST API. No API. */
@NullMarked
package dev.headwater.connectors.internal.pubsub;

import org.jspecify.annotations.NullMarked;
