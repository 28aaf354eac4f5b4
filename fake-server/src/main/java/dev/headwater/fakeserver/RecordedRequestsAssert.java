package dev.headwater.fakeserver;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Assertions about calls of one operation. What they print holds no secrets. */
public final class RecordedRequestsAssert extends AbstractAssert<RecordedRequestsAssert, List<RecordedRequest>> {

    private final String what;

    RecordedRequestsAssert(String what, List<RecordedRequest> requests) {
        super(requests, RecordedRequestsAssert.class);
        this.what = what;
    }

    /** There was exactly one. */
    public RecordedRequestsAssert once() {
        return times(1);
    }

    /** There were exactly so many. */
    public RecordedRequestsAssert times(int count) {
        if (actual.size() != count) {
            failWithMessage("expected %d calls of %s, but got %d:%s", count, what, actual.size(), all());
        }
        return this;
    }

    /** At least one of them had the value in its JSON body, where the names lead. */
    public RecordedRequestsAssert withField(String value, String... names) {
        return any(
                request -> request.field(names).filter(value::equals).isPresent(),
                "the expected value at " + String.join(".", names));
    }

    /** At least one of them had no value in its JSON body where the names lead. */
    public RecordedRequestsAssert withoutField(String... names) {
        return any(request -> request.field(names).isEmpty(), "no value at " + String.join(".", names));
    }

    /** At least one of them had the header with that value. */
    public RecordedRequestsAssert withHeader(String name, String value) {
        return any(
                request -> request.header(name).filter(value::equals).isPresent(),
                "the expected value of the header " + name);
    }

    private RecordedRequestsAssert any(Predicate<RecordedRequest> predicate, String expected) {
        if (actual.stream().noneMatch(predicate)) {
            failWithMessage("expected a call of %s with %s, but got%s", what, expected, all());
        }
        return this;
    }

    private String all() {
        return actual.stream().map(request -> "\n  " + request).collect(Collectors.joining());
    }
}
