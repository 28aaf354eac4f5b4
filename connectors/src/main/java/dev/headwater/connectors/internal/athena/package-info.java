/** Amazon Athena. No API. */
@NullMarked
package dev.headwater.connectors.internal.athena;

import org.jspecify.annotations.NullMarked;
