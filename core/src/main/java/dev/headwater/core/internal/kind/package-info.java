/**
 * How kind definitions are put to work: compiled for validation, and written out as JSON Schema and Markdown. Validation
 * reads a config in one pass over its entries into an array with a slot per field, then applies required fields and rules
 * to the array.
 */
@NullMarked
package dev.headwater.core.internal.kind;

import org.jspecify.annotations.NullMarked;
