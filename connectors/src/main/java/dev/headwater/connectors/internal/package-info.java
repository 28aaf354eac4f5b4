/**
 * The engine that all JDBC kinds share: it loads drivers, logs in under a deadline, reads catalogs, pools, and turns
 * failures into codes. What differs between kinds is behind {@link dev.headwater.connectors.internal.JdbcKind}. No API.
 */
@NullMarked
package dev.headwater.connectors.internal;

import org.jspecify.annotations.NullMarked;
