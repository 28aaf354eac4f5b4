package dev.headwater.core.internal;

import dev.headwater.core.internal.kind.CompiledKind;
import dev.headwater.core.internal.secret.SecretSealer;
import dev.headwater.core.internal.secret.SecretStores;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns stored config into what a connector works with: opens sealed secrets, fetches linked ones, fills in defaults. */
public final class ConfigResolver {

    private final DataSourceStore store;
    private final SecretSealer sealer;
    private final SecretStores secretStores;

    public ConfigResolver(DataSourceStore store, SecretSealer sealer, SecretStores secretStores) {
        this.store = store;
        this.sealer = sealer;
        this.secretStores = secretStores;
    }

    /**
     * Resolves all of a config. Blocks on the store and the secret stores.
     *
     * @param defaults the values of fields that are not given
     */
    public ResolvedConfig resolve(EnvironmentId environment, Map<String, Object> defaults, PendingConfig config) {
        Map<SecretId, SealedSecret> sealed = sealedSecrets(environment, config);
        Map<String, Object> resolved = new LinkedHashMap<>(defaults);
        config.values().forEach((key, value) -> resolved.put(key, resolve(value, sealed)));
        resolved.putAll(config.secrets());
        return ResolvedConfig.of(resolved);
    }

    /** Resolves the config of a stored data source: see {@link #resolve}. */
    public ResolvedConfig resolveStored(DataSourceRecord record, CompiledKind kind) {
        return resolve(record.environment(), kind.defaults(), PendingConfig.stored(record.config()));
    }

    /** Fetches every linked secret, to see whether all can be had. */
    public void requireSecrets(PendingConfig config) {
        for (ConfigValue value : config.values().values()) {
            if (value instanceof ConfigValue.Linked linked) {
                secretStores.resolve(linked.secret());
            }
        }
    }

    private Map<SecretId, SealedSecret> sealedSecrets(EnvironmentId environment, PendingConfig config) {
        List<SecretId> ids = new ArrayList<>();
        for (ConfigValue value : config.values().values()) {
            if (value instanceof ConfigValue.SecretLiteral literal) {
                ids.add(literal.secret());
            }
        }
        return ids.isEmpty() ? Map.of() : store.sealedSecrets(environment, ids);
    }

    private Object resolve(ConfigValue value, Map<SecretId, SealedSecret> sealed) {
        if (value instanceof ConfigValue.Literal literal) {
            return literal.value();
        }
        if (value instanceof ConfigValue.Linked linked) {
            return secretStores.resolve(linked.secret());
        }
        SecretId id = ((ConfigValue.SecretLiteral) value).secret();
        SealedSecret secret = sealed.get(id);
        if (secret == null) {
            throw new StoreException("the store has no sealed secret " + id + ", though a commit names it");
        }
        return sealer.open(secret);
    }
}
