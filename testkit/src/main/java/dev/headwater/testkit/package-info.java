/** What tests with Headwater use: contract suites, fakes, emulators and the fake server. */
@NullMarked
package dev.headwater.testkit;

import org.jspecify.annotations.NullMarked;
