package dev.headwater.core.internal;

import dev.headwater.core.internal.kind.CompiledKind;
import dev.headwater.core.internal.secret.LinkedValue;
import dev.headwater.core.internal.secret.SecretSealer;
import dev.headwater.core.internal.secret.SecretStores;
import dev.headwater.core.internal.secret.cache.SecretCache;
import dev.headwater.core.internal.secret.cache.SecretWatch;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.LinkedSecret;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Turns stored config into what a connector works with: opens sealed secrets, fetches linked ones, fills in defaults. */
public final class ConfigResolver {

    private final DataSourceStore store;
    private final SecretSealer sealer;
    private final SecretStores secretStores;
    private final SecretCache linkedSecrets;

    public ConfigResolver(
            DataSourceStore store, SecretSealer sealer, SecretStores secretStores, SecretCache linkedSecrets) {
        this.store = store;
        this.sealer = sealer;
        this.secretStores = secretStores;
        this.linkedSecrets = linkedSecrets;
    }

    /**
     * A resolved config, and what it was made of.
     *
     * @param config the config in the clear
     * @param linked the linked secrets as a whole, each in the one version that was used
     */
    public record Resolution(ResolvedConfig config, Map<LinkedWhole, SecretValue> linked) {

        public Resolution {
            linked = Map.copyOf(linked);
        }
    }

    /**
     * A linked secret as a whole: several fields may be linked to parts of it.
     *
     * @param identity the secret's, in its store
     */
    public record LinkedWhole(String store, String identity) {}

    private LinkedWhole whole(LinkedSecret link) {
        return new LinkedWhole(link.store(), secretStores.identity(link.store(), link.name()));
    }

    /**
     * Resolves all of a config. Blocks on the store and the secret stores.
     *
     * @param defaults the values of fields that are not given
     */
    public Resolution resolve(EnvironmentId environment, Map<String, Object> defaults, PendingConfig config) {
        return resolve(environment, defaults, config, new Wholes(linkedSecrets::get));
    }

    /**
     * As {@link #resolve}, for somebody who tries a config out: a linked secret that was missing is looked for once more, even if
     * that was a moment ago.
     */
    public Resolution resolveAnew(EnvironmentId environment, Map<String, Object> defaults, PendingConfig config) {
        return resolve(environment, defaults, config, new Wholes(linkedSecrets::getAnewIfRefused));
    }

    private Resolution resolve(
            EnvironmentId environment, Map<String, Object> defaults, PendingConfig config, Wholes wholes) {
        Map<SecretId, SealedSecret> sealed = sealedSecrets(environment, config);
        Map<String, Object> resolved = new LinkedHashMap<>(defaults);
        config.values().forEach((key, value) -> resolved.put(key, resolve(value, sealed, wholes)));
        resolved.putAll(config.secrets());
        return new Resolution(ResolvedConfig.of(resolved), wholes.read);
    }

    /** Resolves the config of a stored data source: see {@link #resolve}. */
    public Resolution resolveStored(DataSourceRecord record, CompiledKind kind) {
        return resolve(record.environment(), kind.defaults(), PendingConfig.stored(record.config()));
    }

    /**
     * Looks for other values of linked secrets at once, because a data source rejected these credentials. Blocks on the secret
     * stores, and asks them no more often than makes sense: see {@link SecretCache#refreshAfterRejection}.
     *
     * @return whether there are others now
     */
    public boolean refreshAfterRejection(Resolution rejected) {
        boolean others = false;
        for (Map.Entry<LinkedWhole, SecretValue> secret : rejected.linked().entrySet()) {
            LinkedWhole whole = secret.getKey();
            others |= linkedSecrets.refreshAfterRejection(whole.store(), whole.identity(), secret.getValue());
        }
        return others;
    }

    /** Hears when a linked secret of a config has another value; see {@link SecretCache#watch}. */
    public List<SecretWatch> watch(Map<String, ConfigValue> config, Runnable onChange) {
        return config.values().stream()
                .filter(ConfigValue.Linked.class::isInstance)
                .map(value -> whole(((ConfigValue.Linked) value).secret()))
                .distinct()
                .map(whole -> linkedSecrets.watch(whole.store(), whole.identity(), (store, name) -> onChange.run()))
                .toList();
    }

    /** Reads every linked secret, to see whether all can be had; one that was missing is looked for once more. */
    public void requireSecrets(PendingConfig config) {
        Wholes wholes = new Wholes(linkedSecrets::getAnewIfRefused);
        for (ConfigValue value : config.values().values()) {
            if (value instanceof ConfigValue.Linked linked) {
                SecretValue unused = wholes.read(linked.secret());
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

    private Object resolve(ConfigValue value, Map<SecretId, SealedSecret> sealed, Wholes wholes) {
        if (value instanceof ConfigValue.Literal literal) {
            return literal.value();
        }
        if (value instanceof ConfigValue.Linked linked) {
            return wholes.read(linked.secret());
        }
        SecretId id = ((ConfigValue.SecretLiteral) value).secret();
        SealedSecret secret = sealed.get(id);
        if (secret == null) {
            throw new StoreException("the store has no sealed secret " + id + ", though a commit names it");
        }
        return sealer.open(secret);
    }

    /** The linked secrets of one config, each read once, so that user and password come from one version of it. */
    private final class Wholes {

        private final BiFunction<String, String, SecretValue> source;
        private final Map<LinkedWhole, SecretValue> read = new HashMap<>();

        /** @param source gives a secret by store and name */
        Wholes(BiFunction<String, String, SecretValue> source) {
            this.source = source;
        }

        SecretValue read(LinkedSecret link) {
            SecretValue value =
                    read.computeIfAbsent(whole(link), whole -> source.apply(whole.store(), whole.identity()));
            return LinkedValue.read(link, value);
        }
    }
}
