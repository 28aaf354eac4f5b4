/** The one plug-in that must have such a name. Not published. */
@NullMarked
package org.elasticsearch.xpack.headwater;

import org.jspecify.annotations.NullMarked;
