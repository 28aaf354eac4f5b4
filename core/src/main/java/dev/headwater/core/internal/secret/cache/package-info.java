/**
 * The cache between linked secrets and the secret stores that they lie in. {@link SecretCache} is the door; a
 * {@link CachedSecret} is one secret with its rules, a {@link Known} what is known of it at one time, a {@link Fetch} one
 * call to its store.
 */
@NullMarked
package dev.headwater.core.internal.secret.cache;

import org.jspecify.annotations.NullMarked;
