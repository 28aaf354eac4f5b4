package dev.headwater.benchmarks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Configs of PostgreSQL as callers give them. */
public enum SampleConfig {
    /** Complete, through an SSH tunnel, by canonical keys. */
    VALID,
    /** Five mistakes: a number out of range, one that is none, a user, an SSH host and a key that are missing. */
    INVALID,
    /** The valid one and a misspelt key, for which Headwater, and it alone, finds what was meant. */
    MISSPELT;

    Map<String, Object> entries() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("host", "orders.eu-west-1.internal.example.com");
        config.put("port", 5432);
        config.put("database", "orders");
        config.put("username", "reporting");
        config.put("password", "correct-horse-battery-staple");
        config.put("schema", "public");
        config.put("ssl.enabled", true);
        config.put("ssh.enabled", true);
        config.put("ssh.host", "bastion.eu-west-1.example.com");
        config.put("ssh.port", 22);
        config.put("ssh.username", "tunnel");
        config.put(
                "ssh.private_key",
                "-----BEGIN OPENSSH PRIVATE KEY-----\n" + "b3BlbnNzaC1rZXktdjEA".repeat(20)
                        + "\n-----END OPENSSH PRIVATE KEY-----\n");
        config.put("pool.max_size", 10);
        if (this == INVALID) {
            config.put("port", 70_000);
            config.put("pool.max_size", "many");
            config.remove("username");
            config.remove("ssh.host");
            config.remove("ssh.private_key");
        } else if (this == MISSPELT) {
            config.put("pool.max_sise", 10);
        }
        return Collections.unmodifiableMap(config);
    }
}
