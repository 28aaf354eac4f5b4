package dev.headwater.spi;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which SSH servers are trusted to be who they say they are, by the fingerprints of their host keys. Safe for use by many
 * threads.
 *
 * <p>A host can keep fingerprints where it likes by implementing this.
 */
@FunctionalInterface
public interface HostKeys {

    /**
     * {@return whether the SSH server with this key may be logged in to} Called on the thread that connects; may block, within
     * the time of the login.
     *
     * @param host the host as the config has it
     * @param port the port
     * @param fingerprint {@code SHA256:} and the Base64 of the key's hash without padding, as {@code ssh-keygen -l} prints it
     */
    boolean trusts(String host, int port, String fingerprint);

    /**
     * Trusts the first key that a server shows, and from then on no other, for as long as this object lives: an attacker
     * has to be there at the first login of a process. This is the default.
     */
    static HostKeys trustOnFirstUse() {
        Map<String, String> first = new ConcurrentHashMap<>();
        return (host, port, fingerprint) -> {
            String known = first.putIfAbsent(host + ":" + port, fingerprint);
            return known == null || known.equals(fingerprint);
        };
    }

    /**
     * Trusts the given fingerprints, and no server else.
     *
     * @param fingerprints for each server, as {@code host:port}, the fingerprints of its keys
     * @throws IllegalArgumentException if a text is no {@code host:port}, or none that begins with {@code SHA256:}
     */
    static HostKeys pinned(Map<String, Set<String>> fingerprints) {
        fingerprints.forEach((server, keys) -> {
            if (!server.matches("\\S+:[0-9]{1,5}")) {
                throw new IllegalArgumentException("not host:port: " + server);
            }
            for (String key : keys) {
                if (!key.matches("SHA256:[A-Za-z0-9+/]{43}")) {
                    throw new IllegalArgumentException("not a SHA256 fingerprint, of " + server + ": " + key);
                }
            }
        });
        Map<String, Set<String>> pinned = Map.copyOf(fingerprints);
        return (host, port, fingerprint) ->
                pinned.getOrDefault(host + ":" + port, Set.of()).contains(fingerprint);
    }
}
