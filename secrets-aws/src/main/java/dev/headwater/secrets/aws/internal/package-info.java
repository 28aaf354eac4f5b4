/** How references and failures of Secrets Manager are read. No API: it may change in any version. */
@NullMarked
package dev.headwater.secrets.aws.internal;

import org.jspecify.annotations.NullMarked;
