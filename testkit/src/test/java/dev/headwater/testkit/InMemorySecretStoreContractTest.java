package dev.headwater.testkit;

import dev.headwater.spi.SecretStore;
import dev.headwater.spi.SecretStoreException.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The secret store in memory")
class InMemorySecretStoreContractTest extends SecretStoreContract {

    private final InMemorySecretStore secrets = new InMemorySecretStore();

    @Override
    protected SecretStore store() {
        return secrets;
    }

    @Override
    protected void put(String name, String value) {
        secrets.set(name, value);
    }

    @Override
    protected void disable(String name) {
        secrets.fail(name, Reason.DISABLED);
    }

    @Override
    protected void deny(String name) {
        secrets.fail(name, Reason.ACCESS_DENIED);
    }

    @Override
    protected SecretStore unreachable() {
        InMemorySecretStore store = new InMemorySecretStore();
        store.failAll(Reason.UNAVAILABLE);
        return store;
    }

    @Override
    protected Map<String, String> identifiers() {
        return Map.of("memory://test/secrets/db", "db", "memory://test/secrets/Db_1.x-y", "Db_1.x-y");
    }

    @Override
    protected List<String> identifiersElsewhere() {
        return List.of("memory://other/secrets/db", "memory://TEST/secrets/db", "memory://other/secrets/db/versions/1");
    }

    @Override
    protected List<String> pinnedVersions() {
        return List.of("memory://test/secrets/db/versions/1", "memory://test/secrets/db/versions/latest");
    }

    @Override
    protected List<String> malformed() {
        return List.of(
                "memory://test/db", "memory:///secrets/db", "memory://test/secrets/", "memory://test/secrets/db\n");
    }
}
