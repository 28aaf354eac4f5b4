package dev.headwater.spi;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A wish to write. A store does all of it in one transaction, or nothing.
 *
 * @param environment where
 * @param stamp when, and by whom
 * @param message why, in the caller's words, or null; at most {@value #MAX_MESSAGE_LENGTH} characters
 * @param changes one commit for each, numbered in this order; at least one, each for another data source. Names may
 *     move between the sources of one request: what counts is that no two have the same name in the end.
 * @param secrets the sealed secrets that the new states name and the store does not have yet
 */
public record CommitRequest(
        EnvironmentId environment,
        Stamp stamp,
        @Nullable String message,
        List<ProposedChange> changes,
        List<SealedSecret> secrets) {

    /** The most characters of a commit's message. */
    public static final int MAX_MESSAGE_LENGTH = 1_000;

    /**
     * @throws IllegalArgumentException if there is no change, or two for one data source, or a secret of another
     *     environment, or the message is too long
     */
    public CommitRequest {
        changes = List.copyOf(changes);
        secrets = List.copyOf(secrets);
        if (message != null) {
            Checks.length("message", message, MAX_MESSAGE_LENGTH);
        }
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("a commit request needs at least one change");
        }
        Set<DataSourceId> seen = new HashSet<>();
        for (ProposedChange change : changes) {
            if (!seen.add(change.dataSource())) {
                throw new IllegalArgumentException("two changes for data source " + change.dataSource());
            }
        }
        for (SealedSecret secret : secrets) {
            if (!secret.environment().equals(environment)) {
                throw new IllegalArgumentException("secret " + secret.id() + " is of another environment");
            }
        }
    }
}
