/**
 * What authors of plug-ins and users of Headwater test with: contract suites that say when a plug-in is right, and fakes.
 * The suites are JUnit Jupiter classes to extend; their assertions are AssertJ's.
 */
@NullMarked
package dev.headwater.testkit;

import org.jspecify.annotations.NullMarked;
