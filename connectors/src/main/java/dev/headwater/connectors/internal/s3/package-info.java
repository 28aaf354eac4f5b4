/** Amazon S3. No API. */
@NullMarked
package dev.headwater.connectors.internal.s3;

import org.jspecify.annotations.NullMarked;
