/** DataBrain's data source API: routes, bodies, error codes and the JSON of answers. */
@NullMarked
package dev.headwater.fakeserver.internal.databrain;

import org.jspecify.annotations.NullMarked;
