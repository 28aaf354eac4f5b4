package dev.headwater.testkit;

import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.TestReport;
import dev.headwater.spi.ValidationResult;
import org.jspecify.annotations.Nullable;

/**
 * AssertJ assertions for what Headwater returns, to be imported statically beside AssertJ's own. What they print on a
 * failure holds no secret, since what they look at holds none.
 */
public final class HeadwaterAssertions {

    private HeadwaterAssertions() {}

    /** Begins assertions on a data source. */
    public static DataSourceRecordAssert assertThat(@Nullable DataSourceRecord actual) {
        return new DataSourceRecordAssert(actual);
    }

    /** Begins assertions on the report of a connection test. */
    public static TestReportAssert assertThat(@Nullable TestReport actual) {
        return new TestReportAssert(actual);
    }

    /** Begins assertions on what a validation found. */
    public static ValidationResultAssert assertThat(@Nullable ValidationResult actual) {
        return new ValidationResultAssert(actual);
    }

    /** Begins assertions on a schema. */
    public static SchemaSnapshotAssert assertThat(@Nullable SchemaSnapshot actual) {
        return new SchemaSnapshotAssert(actual);
    }

    /** Begins assertions on a commit. */
    public static CommitAssert assertThat(@Nullable Commit actual) {
        return new CommitAssert(actual);
    }
}
