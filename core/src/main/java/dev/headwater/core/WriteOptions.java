package dev.headwater.core;

import org.jspecify.annotations.Nullable;

/**
 * How to write. The {@linkplain #DEFAULT default} takes whatever version is there, and does not test.
 *
 * @param expectedVersion the version that must be there, or null for whatever is there
 * @param message why, for the history, or null
 * @param testMustPass whether to test the connection first and write only if it passes (DataBrain does)
 * @param secretsMustExist whether to fetch every linked secret first and write only if all can be had
 */
public record WriteOptions(
        @Nullable Long expectedVersion, @Nullable String message, boolean testMustPass, boolean secretsMustExist) {

    /** Whatever version is there, no message, no test. */
    public static final WriteOptions DEFAULT = new WriteOptions(null, null, false, false);

    /** Writes only if the data source is still at that version. */
    public static WriteOptions ifVersion(long version) {
        return new WriteOptions(version, null, false, false);
    }

    /** The same, with a message for the history. */
    public WriteOptions because(String why) {
        return new WriteOptions(expectedVersion, why, testMustPass, secretsMustExist);
    }

    /** The same, writing only if a connection test passes. */
    public WriteOptions requirePassingTest() {
        return new WriteOptions(expectedVersion, message, true, secretsMustExist);
    }

    /** The same, writing only if every linked secret can be had. */
    public WriteOptions requireSecrets() {
        return new WriteOptions(expectedVersion, message, testMustPass, true);
    }
}
