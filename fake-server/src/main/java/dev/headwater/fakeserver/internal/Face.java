package dev.headwater.fakeserver.internal;

import dev.headwater.spi.SourceSystem;

/**
 * What makes the server look like one of the systems, over HTTP/1.1. Called by many threads at once. The front has already
 * recorded the request and done what a test told it to do to the call.
 */
public interface Face {

    /** {@return whose API it is} */
    SourceSystem system();

    /** {@return whether the request is for this face; the first that says so gets it} By the path alone. */
    boolean takes(FakeRequest request);

    /**
     * {@return what the request asks for, as tests name it: an RPC's name for Chalk, {@code create} or {@code list} for the
     * others} Never throws; what it does not know is {@code "unknown"}.
     */
    String operation(FakeRequest request);

    /**
     * Does what the request asks for.
     *
     * @throws FaceException for what {@link #error} then answers; anything else that is thrown is answered as
     *     {@link FaceProblem.Reason#INTERNAL}
     */
    FakeResponse answer(FakeRequest request);

    /** {@return how the request came: {@code HTTP} or {@code Connect}} */
    default String protocol(FakeRequest request) {
        return "HTTP";
    }

    /** {@return the body as tests see it} Never throws. */
    default String readable(FakeRequest request) {
        return request.text();
    }

    /** {@return how the system says that} Never throws. */
    FakeResponse error(FakeRequest request, FaceProblem problem);
}
