/** What the two faces that speak REST share: values of JSON, answers and ways to say what is wrong with a body. */
@NullMarked
package dev.headwater.fakeserver.internal.rest;

import org.jspecify.annotations.NullMarked;
