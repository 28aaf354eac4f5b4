package dev.headwater.fakeserver.internal.basedash;

/** Ends a call with one of Basedash's errors. */
final class BasedashRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final BasedashTitle title;
    private final String detail;

    /** @param detail for people; never a secret */
    BasedashRefusal(BasedashTitle title, String detail) {
        super(detail, null, false, false);
        this.title = title;
        this.detail = detail;
    }

    BasedashTitle title() {
        return title;
    }

    String detail() {
        return detail;
    }
}
