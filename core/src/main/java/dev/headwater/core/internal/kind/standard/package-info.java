/**
 * The kinds that Headwater brings, one class for each family. Requirements of the three systems are theirs; what is
 * required here is decided so that a config of any of the three works where it can.
 */
@NullMarked
package dev.headwater.core.internal.kind.standard;

import org.jspecify.annotations.NullMarked;
