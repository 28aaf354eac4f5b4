/** The one class that must be in this package of Elasticsearch. Not published. */
@NullMarked
package org.elasticsearch.node;

import org.jspecify.annotations.NullMarked;
