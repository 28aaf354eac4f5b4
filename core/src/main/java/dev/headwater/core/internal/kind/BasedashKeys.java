package dev.headwater.core.internal.kind;

import java.util.HashMap;
import java.util.Map;

/** The config keys of Basedash's create call, which are the same for all dialects. */
final class BasedashKeys {

    /** What the values of a key are, by Basedash's OpenAPI document. */
    enum Type {
        TEXT,
        PORT,
        POOL_SIZE,
        FLAG
    }

    /** Every config key with its type; the envelope keys are not among them. */
    static final Map<String, Type> TYPES = types();

    /** What a flag is where it is not given. */
    static final Map<String, Boolean> FLAG_DEFAULTS = Map.of("sslEnabled", true, "sshEnabled", false);

    private BasedashKeys() {}

    private static Map<String, Type> types() {
        Map<String, Type> types = new HashMap<>();
        for (String key : new String[] {
            "host",
            "databaseName",
            "username",
            "password",
            "snowflakeAccountId",
            "snowflakeWarehouse",
            "snowflakeRole",
            "snowflakePrivateKey",
            "snowflakePrivateKeyPassphrase",
            "bigQueryJsonKey",
            "bigQueryProjectId",
            "spannerInstanceId",
            "athenaWorkgroup",
            "athenaOutputLocation",
            "athenaCatalog",
            "sshHost",
            "sshUsername",
            "sshPassword",
            "sshPrivateKey",
            "sshPrivateKeyPassphrase"
        }) {
            types.put(key, Type.TEXT);
        }
        types.put("port", Type.PORT);
        types.put("sshPort", Type.PORT);
        types.put("maxPoolSize", Type.POOL_SIZE);
        types.put("sslEnabled", Type.FLAG);
        types.put("sshEnabled", Type.FLAG);
        return Map.copyOf(types);
    }
}
