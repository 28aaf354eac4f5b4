package dev.headwater.core;

import dev.headwater.spi.Commit;

/**
 * Hears of commits after they are stored, those of other nodes included: each once, in the order of the environment's
 * log, for every environment that was opened on this registry. Called on a thread of the registry's own; what it throws
 * is logged and hurts nobody.
 */
@FunctionalInterface
public interface CommitListener {

    /**
     * Hears of a commit.
     *
     * @param commit what was stored; holds no secret
     * @param firstOfEnvironment whether it is the very first commit of its environment (Basedash starts a trial then)
     */
    void onCommit(Commit commit, boolean firstOfEnvironment);
}
