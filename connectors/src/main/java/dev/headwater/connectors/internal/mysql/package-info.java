/** What MySQL and its relatives add to the JDBC engine. No API. */
@NullMarked
package dev.headwater.connectors.internal.mysql;

import org.jspecify.annotations.NullMarked;
