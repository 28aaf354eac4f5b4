/**
 * What the parts of Headwater agree on: the model (ids, kinds, config values, records, commits, outcomes) and the
 * interfaces that plug-ins implement ({@link dev.headwater.spi.DataSourceStore}, {@link
 * dev.headwater.spi.SecretStore}, {@link dev.headwater.spi.Connector}).
 *
 * <p>Everything here is immutable unless it says otherwise, and nothing here ever prints a secret.
 */
@NullMarked
package dev.headwater.spi;

import org.jspecify.annotations.NullMarked;
