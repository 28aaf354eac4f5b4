/**
 * Connectors: how to test, read and pool data sources, one connector per kind. {@link
 * dev.headwater.connectors.Connectors} is the one door; a host registers those that it wants and adds their drivers to
 * its class path.
 */
@NullMarked
package dev.headwater.connectors;

import org.jspecify.annotations.NullMarked;
