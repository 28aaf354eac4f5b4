/**
 * The data source APIs of Chalk, DataBrain and Basedash in memory, in one server on free ports of the loopback interface,
 * to test clients of theirs against. {@link dev.headwater.fakeserver.FakeServer} is where to begin.
 */
@NullMarked
package dev.headwater.fakeserver;

import org.jspecify.annotations.NullMarked;
