package dev.headwater.connectors.internal;

import dev.headwater.connectors.internal.net.Endpoint;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where a driver is to connect and as whom: a URL and properties. Any of it may come from a secret, the name of the
 * database too. Immutable.
 */
public final class Login {

    private final String url;
    private final Map<String, String> properties;
    private final @Nullable Endpoint endpoint;

    /**
     * @param url the JDBC URL; the driver may log it, so no password
     * @param properties the driver's properties
     * @param endpoint where on the network, or null for a source in a file or in memory
     */
    public Login(String url, Map<String, String> properties, @Nullable Endpoint endpoint) {
        this.url = url;
        this.properties = Map.copyOf(properties);
        this.endpoint = endpoint;
    }

    public String url() {
        return url;
    }

    /** {@return where on the network, or null for a source in a file or in memory} */
    public @Nullable Endpoint endpoint() {
        return endpoint;
    }

    /** {@return a new copy of the properties} */
    public Properties properties() {
        Properties copy = new Properties();
        copy.putAll(properties);
        return copy;
    }

    /** Says nothing of what it holds. */
    @Override
    public String toString() {
        return "Login";
    }
}
