/** What the testkit's fakes and emulators are built with. No API: it may change in any version. */
@NullMarked
package dev.headwater.testkit.internal;

import org.jspecify.annotations.NullMarked;
