/** Real databases for the tests, and a look at the tables from outside the store. */
@NullMarked
package dev.headwater.store.jdbc.support;

import org.jspecify.annotations.NullMarked;
