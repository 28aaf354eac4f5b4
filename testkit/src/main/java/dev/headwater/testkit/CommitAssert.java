package dev.headwater.testkit;

import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on a {@link Commit}; begin with {@link HeadwaterAssertions}. */
public final class CommitAssert extends AbstractAssert<CommitAssert, Commit> {

    CommitAssert(@Nullable Commit actual) {
        super(actual, CommitAssert.class);
    }

    /** Passes if it has the number. */
    public CommitAssert hasNumber(long number) {
        return has("number", number, commit().number());
    }

    /** Passes if this caller made it. */
    public CommitAssert wasMadeBy(String caller) {
        return has("caller", caller, commit().stamp().by());
    }

    /** Passes if it has the message. */
    public CommitAssert hasMessage(String message) {
        return has("message", message, commit().message());
    }

    /** Passes if it inserted a data source of the name. */
    public CommitAssert inserted(String name) {
        return changed(Change.Inserted.class, name);
    }

    /** Passes if it updated a data source that has the name after it. */
    public CommitAssert updated(String name) {
        return changed(Change.Updated.class, name);
    }

    /** Passes if it deleted the data source that had the name. */
    public CommitAssert deleted(String name) {
        return changed(Change.Deleted.class, name);
    }

    private CommitAssert changed(Class<? extends Change> type, String name) {
        Change change = commit().change();
        if (!type.isInstance(change) || !change.name().equals(name)) {
            failWithMessage(
                    "%nExpecting commit %s to have %s %s%nbut it has%n  %s",
                    commit().number(), type.getSimpleName(), name, change);
        }
        return this;
    }

    private CommitAssert has(String what, Object expected, @Nullable Object found) {
        if (!Objects.equals(expected, found)) {
            failWithMessage(
                    "%nExpecting the %s of commit %s%nto be%n  %s%nbut it is%n  %s",
                    what, commit().number(), expected, found);
        }
        return this;
    }

    private Commit commit() {
        isNotNull();
        return actual;
    }
}
