/** The topics of {@link dev.headwater.testkit.DataSourceStoreContract}, one class each. */
@NullMarked
package dev.headwater.testkit.internal.store;

import org.jspecify.annotations.NullMarked;
