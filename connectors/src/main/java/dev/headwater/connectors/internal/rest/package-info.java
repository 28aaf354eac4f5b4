/** What the kinds that are tested and read over a vendor's HTTP API share: the connector, the calls and their JSON. No API. */
@NullMarked
package dev.headwater.connectors.internal.rest;

import org.jspecify.annotations.NullMarked;
