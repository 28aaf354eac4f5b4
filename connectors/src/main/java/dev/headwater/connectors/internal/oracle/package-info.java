/** What Oracle Database adds to the JDBC engine. No API. */
@NullMarked
package dev.headwater.connectors.internal.oracle;

import org.jspecify.annotations.NullMarked;
