/**
 * A custom store, as somebody outside would write it: on H2's MVStore, an embedded engine of ordered, persistent maps,
 * with nothing of Headwater but its SPI. {@code docs/custom-store.md} walks through it.
 */
@NullMarked
package com.example.mvstore;

import org.jspecify.annotations.NullMarked;
