/** What the kinds of AWS share, on the AWS SDK over gated sockets. No API. */
@NullMarked
package dev.headwater.connectors.internal.aws;

import org.jspecify.annotations.NullMarked;
