/** Logins by SCRAM, for the kinds whose protocol the connectors speak themselves. No API. */
@NullMarked
package dev.headwater.connectors.internal.scram;

import org.jspecify.annotations.NullMarked;
