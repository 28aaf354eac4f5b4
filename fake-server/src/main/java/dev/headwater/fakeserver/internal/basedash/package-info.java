/** Basedash's organizations and data sources: routes, bodies, errors, access and the JSON of answers. */
@NullMarked
package dev.headwater.fakeserver.internal.basedash;

import org.jspecify.annotations.NullMarked;
