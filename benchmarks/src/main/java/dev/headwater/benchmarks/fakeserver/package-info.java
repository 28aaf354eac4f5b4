/**
 * What the fake server costs, beside WireMock and a bare gRPC server: programs of their own, since starts have to be measured
 * in fresh JVMs. {@code mvn -q -pl benchmarks -am -Pbenchmarks compile
 * -Dbenchmarks.main=dev.headwater.benchmarks.fakeserver.Starts}
 */
@NullMarked
package dev.headwater.benchmarks.fakeserver;

import org.jspecify.annotations.NullMarked;
