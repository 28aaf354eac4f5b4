/**
 * HTTP for sources without a JDBC driver, and for the AWS SDK: OkHttp, an optional dependency, over the sockets of {@link
 * dev.headwater.connectors.internal.net}. No API.
 */
@NullMarked
package dev.headwater.connectors.internal.http;

import org.jspecify.annotations.NullMarked;
