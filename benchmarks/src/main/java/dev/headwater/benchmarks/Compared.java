package dev.headwater.benchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the peers of a benchmark method, and the goal that it is held to. Goals are the project's own, not a promise. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Compared {

    /** The methods of the same class that are its peers. */
    String[] with();

    /** The largest ratio to the first peer that meets the goal; NaN if there is no such goal. */
    double atMostTimes() default Double.NaN;

    /** The largest score, in the benchmark's unit, that meets the goal; NaN if there is no such goal. */
    double atMost() default Double.NaN;

    /** The values of a parameter for which alone the goal counts; empty if it always does. */
    String[] goalOnlyFor() default {};
}
