package dev.headwater.fakeserver.internal.chalk;

import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.chalk.wire.Secret;
import dev.headwater.fakeserver.internal.chalk.wire.SecretScope;
import dev.headwater.fakeserver.internal.chalk.wire.SecretScopeType;
import dev.headwater.fakeserver.internal.chalk.wire.SecretSource;
import dev.headwater.fakeserver.internal.chalk.wire.SecretValue;
import dev.headwater.fakeserver.internal.chalk.wire.SecretWithValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The secrets of an environment that no data source brought, each with a name in a scope. Safe for use by many threads. */
final class CustomSecrets {

    static final SecretScope ENVIRONMENT = SecretScope.newBuilder()
            .setType(SecretScopeType.SECRET_SCOPE_TYPE_ENVIRONMENT)
            .build();

    private final Map<Key, Custom> secrets = new LinkedHashMap<>();

    private record Key(String name, SecretScope scope) {}

    /** A secret. Prints without the value. */
    record Custom(
            String id,
            String name,
            SecretScope scope,
            Set<SecretScope> grantedTo,
            String text,
            boolean linked,
            Instant updatedAt) {

        SecretSource source() {
            return linked ? SecretSource.SECRET_SOURCE_EXTERNAL : SecretSource.SECRET_SOURCE_MANAGED;
        }

        SecretWithValue shown(boolean withValue) {
            SecretWithValue.Builder shown = SecretWithValue.newBuilder()
                    .setId(id)
                    .setName(name)
                    .setFullName(name)
                    .setSource(source())
                    .setUpdatedAt(Sources.timestamp(updatedAt));
            if (withValue) {
                shown.setValue(text);
            }
            return shown.build();
        }

        SecretValue value() {
            return SecretValue.newBuilder()
                    .setName(name)
                    .setValue(text)
                    .setSource(source())
                    .build();
        }

        Secret secret() {
            return Secret.newBuilder()
                    .setId(id)
                    .setName(name)
                    .setUpdatedAt(Sources.timestamp(updatedAt))
                    .setSource(source())
                    .setScope(scope)
                    .addAllGrantedScopes(grantedTo)
                    .build();
        }

        @Override
        public String toString() {
            return "Custom[" + name + "]";
        }
    }

    static CustomSecrets of(Scope scope) {
        return scope.attachment(CustomSecrets.class, CustomSecrets::new);
    }

    synchronized List<Custom> all() {
        return new ArrayList<>(secrets.values());
    }

    synchronized Optional<Custom> find(String name, SecretScope scope) {
        return Optional.ofNullable(secrets.get(new Key(name, scope)));
    }

    /** Sets the value of a secret; it keeps its id, and what it is granted to. */
    synchronized void put(String newId, String name, SecretScope scope, String text, boolean linked, Instant now) {
        secrets.compute(
                new Key(name, scope),
                (key, old) -> new Custom(
                        old == null ? newId : old.id(),
                        name,
                        scope,
                        old == null ? Set.of() : old.grantedTo(),
                        text,
                        linked,
                        now));
    }

    /**
     * Lets a scope see a secret of the environment.
     *
     * @return whether there is one
     */
    synchronized boolean grant(String name, SecretScope to, Instant now) {
        return secrets.computeIfPresent(new Key(name, ENVIRONMENT), (key, old) -> {
                    Set<SecretScope> granted = new LinkedHashSet<>(old.grantedTo());
                    granted.add(to);
                    return new Custom(old.id(), name, ENVIRONMENT, granted, old.text(), old.linked(), now);
                })
                != null;
    }

    /** {@return whether it was there} */
    synchronized boolean remove(String name, SecretScope scope) {
        return secrets.remove(new Key(name, scope)) != null;
    }
}
