package dev.headwater.connectors.internal.mongodb;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the config of a MongoDB source says, checked: any of it may come from a secret. Prints nothing of it. Immutable. */
final class MongoSettings {

    private static final Logger LOG = LoggerFactory.getLogger(MongoSettings.class);

    private static final int DEFAULT_PORT = 27_017;

    /** The options of https://www.mongodb.com/docs/manual/reference/connection-string-options/ that do no harm. */
    private static final ExtraProperties EXTRA = new ExtraProperties(Map.ofEntries(
            Map.entry("appName", "[ -~]{0,128}"),
            Map.entry("authSource", "[\\p{L}\\p{N}_-]{1,63}"),
            Map.entry("connectTimeoutMS", ExtraProperties.COUNT),
            Map.entry("directConnection", ExtraProperties.FLAG),
            Map.entry("readPreference", "primary|primaryPreferred|secondary|secondaryPreferred|nearest"),
            Map.entry("replicaSet", "[ -~]{1,255}"),
            Map.entry("retryReads", ExtraProperties.FLAG),
            Map.entry("serverSelectionTimeoutMS", ExtraProperties.COUNT),
            Map.entry("socketTimeoutMS", ExtraProperties.COUNT),
            Map.entry("tls", ExtraProperties.FLAG)));

    private final Map<String, String> extra;
    private final Endpoint endpoint;
    private final String user;
    private final String password;

    private MongoSettings(ResolvedConfig config) {
        this.extra = EXTRA.of(config);
        this.endpoint = Endpoint.of(config.required("host"), config.number("port", DEFAULT_PORT));
        this.user = config.required("username");
        this.password = config.text("password").orElse("");
        if (user.isEmpty() || password.isEmpty() || (user + password).indexOf('\0') >= 0) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG, "username and password must not be empty, and hold no NUL character");
        }
    }

    /** @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if the config cannot be used */
    static MongoSettings of(ResolvedConfig config) {
        return new MongoSettings(config);
    }

    /** Warns where TLS is switched off. */
    void warnOfPlainText() {
        if (!tls()) {
            LOG.warn("MongoDB at {} is talked to without TLS (extraProperties.tls is false)", endpoint);
        }
    }

    Endpoint endpoint() {
        return endpoint;
    }

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    boolean tls() {
        return !"false".equals(extra.get("tls"));
    }

    /** {@return the database that knows the user} */
    String authSource() {
        return extra.getOrDefault("authSource", "admin");
    }

    @Nullable
    String extra(String key) {
        return extra.get(key);
    }

    String appName() {
        return extra.getOrDefault("appName", "Headwater");
    }
}
