/**
 * Contract suites, fakes and test doubles for those who build with Headwater or write a plug-in for it. It belongs on
 * the test class path.
 */
@NullMarked
package dev.headwater.testkit;

import org.jspecify.annotations.NullMarked;
