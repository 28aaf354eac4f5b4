/** What Trino adds to the JDBC engine. No API. */
@NullMarked
package dev.headwater.connectors.internal.trino;

import org.jspecify.annotations.NullMarked;
