package dev.headwater.spi;

/**
 * A mark on an environment's log: from this moment on, what stood after that commit is what is in use. As in Chalk,
 * where a new data source is listed at once and used after a redeploy.
 *
 * @param environment whose log
 * @param number 1, 2, 3 … without gaps in the environment
 * @param commit the last commit that the deployment holds; 0 if the log was empty
 * @param stamp when, and by whom
 */
public record Deployment(EnvironmentId environment, long number, long commit, Stamp stamp) {

    /** @throws IllegalArgumentException if the number is less than 1 or the commit less than 0 */
    public Deployment {
        Checks.atLeast("deployment number", number, 1);
        Checks.atLeast("commit", commit, 0);
    }
}
