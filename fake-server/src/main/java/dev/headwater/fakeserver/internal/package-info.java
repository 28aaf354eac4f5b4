/** What the faces of the fake server share: the front, the sources, the tokens and what tests may interfere with. */
@NullMarked
package dev.headwater.fakeserver.internal;

import org.jspecify.annotations.NullMarked;
