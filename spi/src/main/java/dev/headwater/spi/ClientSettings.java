package dev.headwater.spi;

/**
 * How to make a client.
 *
 * @param name a name for pools and threads; no secrets
 * @param maxPoolSize how many connections at the most
 */
public record ClientSettings(String name, int maxPoolSize) {

    /** @throws IllegalArgumentException if the size is less than 1 */
    public ClientSettings {
        Checks.text("client name", name, 255);
        Checks.atLeast("maxPoolSize", maxPoolSize, 1);
    }
}
