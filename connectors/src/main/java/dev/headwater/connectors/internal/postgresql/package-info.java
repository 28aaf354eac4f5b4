/** What PostgreSQL adds to the JDBC engine. No API. */
@NullMarked
package dev.headwater.connectors.internal.postgresql;

import org.jspecify.annotations.NullMarked;
