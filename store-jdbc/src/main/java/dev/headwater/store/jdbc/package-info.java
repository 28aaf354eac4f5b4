/**
 * The store on a relational database: {@link dev.headwater.store.jdbc.JdbcStore} keeps the commit logs on H2,
 * PostgreSQL, MariaDB or MySQL. Knows the plug-in interfaces of {@code dev.headwater.spi} only.
 */
@NullMarked
package dev.headwater.store.jdbc;

import org.jspecify.annotations.NullMarked;
