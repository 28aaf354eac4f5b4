/** What Amazon Redshift adds to what it shares with PostgreSQL. No API. */
@NullMarked
package dev.headwater.connectors.internal.redshift;

import org.jspecify.annotations.NullMarked;
