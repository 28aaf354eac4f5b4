/** Amazon Kinesis. No API. */
@NullMarked
package dev.headwater.connectors.internal.kinesis;

import org.jspecify.annotations.NullMarked;
