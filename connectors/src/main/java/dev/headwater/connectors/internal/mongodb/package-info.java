/**
 * MongoDB. Tests and schemas speak its protocol over sockets of our own, so that they end at their deadline and leave no
 * thread behind; the client that a host gets is the vendor's driver. No API.
 */
@NullMarked
package dev.headwater.connectors.internal.mongodb;

import org.jspecify.annotations.NullMarked;
