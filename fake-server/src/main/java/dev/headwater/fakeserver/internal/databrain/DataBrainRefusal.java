package dev.headwater.fakeserver.internal.databrain;

/** Ends a call with one of DataBrain's codes. */
final class DataBrainRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final DataBrainCode code;
    private final String text;

    /** @param text for people; never a secret */
    DataBrainRefusal(DataBrainCode code, String text) {
        super(text, null, false, false);
        this.code = code;
        this.text = text;
    }

    DataBrainCode code() {
        return code;
    }

    String text() {
        return text;
    }
}
