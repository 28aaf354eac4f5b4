/**
 * Sockets for drivers: they go where the network policy allows, close when the work is cancelled, and end a login that
 * takes too long. No API.
 */
@NullMarked
package dev.headwater.connectors.internal.net;

import org.jspecify.annotations.NullMarked;
