/** What Snowflake adds to the JDBC engine. No API. */
@NullMarked
package dev.headwater.connectors.internal.snowflake;

import org.jspecify.annotations.NullMarked;
