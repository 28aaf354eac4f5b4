/** What the kinds of Google Cloud share: service accounts, access tokens, error answers, transports for Google's own clients. No API. */
@NullMarked
package dev.headwater.connectors.internal.google;

import org.jspecify.annotations.NullMarked;
