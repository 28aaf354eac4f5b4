package dev.headwater.secrets.azure;

import dev.headwater.spi.SecretStore;
import dev.headwater.testkit.AzureKeyVaultEmulator;
import dev.headwater.testkit.SecretStoreContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Azure Key Vault store keeps the contract:")
class AzureKeyVaultContractTest extends SecretStoreContract {

    private static final String VAULT = "https://myvault.vault.azure.net";

    private final AzureKeyVaultEmulator emulator = AzureKeyVaultEmulator.start(VAULT);

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Override
    protected SecretStore store() {
        return AzureKeyVaultStore.builder(VAULT)
                .credential(emulator.credential())
                .httpClient(emulator.httpClient())
                .build();
    }

    @Override
    protected SecretStore unreachable() {
        return AzureKeyVaultStore.builder("https://127.0.0.1:1")
                .credential(emulator.credential())
                .build();
    }

    @Override
    protected void put(String name, String value) {
        emulator.set(name, value);
    }

    @Override
    protected void disable(String name) {
        emulator.disable(name);
    }

    @Override
    protected void deny(String name) {
        emulator.deny(name);
    }

    @Override
    protected Map<String, String> identifiers() {
        return Map.of(
                VAULT + "/secrets/db",
                "db",
                VAULT + ":443/secrets/db-password-2",
                "db-password-2",
                "HTTPS://MyVault.Vault.Azure.NET/Secrets/DB",
                "DB");
    }

    @Override
    protected List<String> identifiersElsewhere() {
        return List.of(
                "https://other.vault.azure.net/secrets/db",
                "https://myvault.vault.azure.cn/secrets/db",
                VAULT + ":8443/secrets/db");
    }

    @Override
    protected List<String> pinnedVersions() {
        return List.of(VAULT + "/secrets/db/0123456789abcdef0123456789abcdef");
    }

    @Override
    protected List<String> malformed() {
        return List.of("db_password", "db.password", VAULT + "/keys/db", VAULT + "/secrets/db?x", "a".repeat(128));
    }
}
