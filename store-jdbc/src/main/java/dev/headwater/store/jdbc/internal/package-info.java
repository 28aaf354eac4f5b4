/**
 * The machinery of {@link dev.headwater.store.jdbc.JdbcStore}. {@link dev.headwater.store.jdbc.internal.Database} holds the
 * rules of connections, transactions and errors; the other classes each know some of the tables. The statements that
 * run most (find, page, commit) are plain JDBC on Jdbi's connection, the others are Jdbi's fluent statements.
 */
@NullMarked
package dev.headwater.store.jdbc.internal;

import org.jspecify.annotations.NullMarked;
