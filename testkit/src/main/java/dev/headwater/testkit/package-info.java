/**
 * For tests with Headwater: contract suites for authors of stores, secret stores and connectors, and emulators of the
 * services that Headwater talks to.
 */
@NullMarked
package dev.headwater.testkit;

import org.jspecify.annotations.NullMarked;
