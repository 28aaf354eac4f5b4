/**
 * The registry: {@link dev.headwater.core.DataSourceRegistry} is what a host opens, {@link
 * dev.headwater.core.DataSources} is what it works with. Knows the plug-in interfaces of {@code dev.headwater.spi} and
 * no plug-in.
 */
@NullMarked
package dev.headwater.core;

import org.jspecify.annotations.NullMarked;
