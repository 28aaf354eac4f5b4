/**
 * SSH tunnels, for every kind whose config asks for one. The SSH client is an optional dependency, loaded when the first
 * tunnel is opened. No API.
 */
@NullMarked
package dev.headwater.connectors.internal.ssh;

import org.jspecify.annotations.NullMarked;
