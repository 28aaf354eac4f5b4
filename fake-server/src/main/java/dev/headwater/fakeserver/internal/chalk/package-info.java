/** Chalk's API: data sources ("integrations"), secrets and tokens, over gRPC and over Connect. */
@NullMarked
package dev.headwater.fakeserver.internal.chalk;

import org.jspecify.annotations.NullMarked;
