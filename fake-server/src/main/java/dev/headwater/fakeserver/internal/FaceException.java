package dev.headwater.fakeserver.internal;

/** Ends a call with a problem, which the face puts in its system's words. */
public final class FaceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient FaceProblem problem;

    public FaceException(FaceProblem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    public FaceProblem problem() {
        return problem;
    }
}
