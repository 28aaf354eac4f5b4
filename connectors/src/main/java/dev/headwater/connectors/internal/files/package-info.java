/** What files tell of their columns, and the kind of CSV files. No API. */
@NullMarked
package dev.headwater.connectors.internal.files;

import org.jspecify.annotations.NullMarked;
