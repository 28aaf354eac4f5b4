package dev.headwater.spi;

/**
 * How far an environment's log has come, and from where on it is there. Whoever knows the head of before knows whether
 * there is anything new.
 *
 * @param commit the number of its latest commit; 0 if there is none
 * @param deployment the number of its latest deployment; 0 if there is none
 * @param forgotten up to which commit the history was {@linkplain DataSourceStore#forgetBefore forgotten}; 0 if it was not.
 *     What stood at this commit and at later ones is known
 */
public record EnvironmentHead(long commit, long deployment, long forgotten) {

    /** Of an environment that was never written to. */
    public static final EnvironmentHead NONE = new EnvironmentHead(0, 0, 0);

    /** @throws IllegalArgumentException if a number is less than 0 */
    public EnvironmentHead {
        Checks.atLeast("commit", commit, 0);
        Checks.atLeast("deployment", deployment, 0);
        Checks.atLeast("forgotten", forgotten, 0);
    }
}
