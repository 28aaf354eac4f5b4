package dev.headwater.spi;

import java.util.Optional;

/**
 * What a live client is doing now.
 *
 * @param idle connections that are open and not in use; 0 where that is not known
 * @param inUse connections in use; 0 where that is not known
 * @param waiting callers that wait for a connection; 0 where that is not known
 * @param lastFailure why the last login failed; empty if it did not, or there was none
 */
public record ClientState(int idle, int inUse, int waiting, Optional<Failure> lastFailure) {

    /**
     * Why a login failed.
     *
     * @param message redacted
     */
    public record Failure(FailureCode code, String message) {}
}
