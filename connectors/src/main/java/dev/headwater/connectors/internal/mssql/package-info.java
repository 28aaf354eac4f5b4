/** What Microsoft SQL Server adds to the JDBC engine. No API. */
@NullMarked
package dev.headwater.connectors.internal.mssql;

import org.jspecify.annotations.NullMarked;
