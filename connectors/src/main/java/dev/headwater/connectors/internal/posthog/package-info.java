/** PostHog over its REST API. No API. */
@NullMarked
package dev.headwater.connectors.internal.posthog;

import org.jspecify.annotations.NullMarked;
