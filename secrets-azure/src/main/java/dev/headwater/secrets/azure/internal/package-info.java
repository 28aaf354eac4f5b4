/** How references, answers and failures of Key Vault are read. No API: it may change in any version. */
@NullMarked
package dev.headwater.secrets.azure.internal;

import org.jspecify.annotations.NullMarked;
