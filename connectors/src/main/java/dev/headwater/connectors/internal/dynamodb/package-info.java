/** Amazon DynamoDB. No API. */
@NullMarked
package dev.headwater.connectors.internal.dynamodb;

import org.jspecify.annotations.NullMarked;
