package dev.headwater.core;

import dev.headwater.spi.SecretStore;
import dev.headwater.testkit.SecretStoreContract;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;

/** In the package of what it tests, because a JVM cannot change its environment variables. */
@DisplayName("Secrets in environment variables")
class EnvironmentVariableSecretsContractTest extends SecretStoreContract {

    private final Map<String, String> variables = new ConcurrentHashMap<>();

    @Override
    protected SecretStore store() {
        return new EnvironmentVariableSecrets("APP_", variables::get);
    }

    @Override
    protected void put(String name, String value) {
        variables.put("APP_" + name, value);
    }

    @Override
    protected boolean hasIdentifiers() {
        return false;
    }

    @Override
    protected boolean canDisable() {
        return false;
    }

    @Override
    protected boolean canDeny() {
        return false;
    }

    @Override
    protected boolean canBeUnreachable() {
        return false;
    }

    @Override
    protected List<String> malformed() {
        return List.of("1db", "d-b", "db=x");
    }
}
