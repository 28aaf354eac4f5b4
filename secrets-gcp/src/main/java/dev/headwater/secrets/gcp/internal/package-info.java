/** How references, answers and failures of Secret Manager are read. No API: it may change in any version. */
@NullMarked
package dev.headwater.secrets.gcp.internal;

import org.jspecify.annotations.NullMarked;
