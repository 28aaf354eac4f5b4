package dev.headwater.secrets.gcp;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import dev.headwater.spi.SecretStore;
import dev.headwater.testkit.GcpSecretManagerEmulator;
import dev.headwater.testkit.SecretStoreContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Google Secret Manager store keeps the contract:")
class GcpSecretManagerContractTest extends SecretStoreContract {

    private final GcpSecretManagerEmulator emulator = GcpSecretManagerEmulator.start("my-proj", 456789012345L);

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Override
    protected SecretStore store() {
        return storeAt(emulator.endpoint());
    }

    @Override
    protected SecretStore unreachable() {
        return storeAt("http://127.0.0.1:1");
    }

    private static SecretStore storeAt(String endpoint) {
        return GcpSecretManagerStore.builder("my-proj")
                .settings(settings -> pointTo(endpoint, settings))
                .build();
    }

    private static void pointTo(String endpoint, SecretManagerServiceSettings.Builder settings) {
        settings.setEndpoint(endpoint);
        settings.setCredentialsProvider(NoCredentialsProvider.create());
    }

    @Override
    protected void put(String name, String value) {
        emulator.addVersion(name, value);
    }

    @Override
    protected void disable(String name) {
        emulator.disableLatest(name);
    }

    @Override
    protected void deny(String name) {
        emulator.deny(name);
    }

    @Override
    protected Map<String, String> identifiers() {
        return Map.of(
                "projects/my-proj/secrets/DB_Password-2", "DB_Password-2",
                "projects/my-proj/secrets/db/versions/latest", "db",
                "//secretmanager.googleapis.com/projects/my-proj/secrets/db", "db");
    }

    @Override
    protected List<String> identifiersElsewhere() {
        return List.of(
                "projects/other-proj/secrets/db",
                "projects/456/secrets/db",
                "projects/my-proj/locations/europe-west1/secrets/db",
                "//compute.googleapis.com/projects/my-proj/secrets/db");
    }

    @Override
    protected List<String> pinnedVersions() {
        return List.of("projects/my-proj/secrets/db/versions/3", "projects/my-proj/secrets/db/versions/prod");
    }

    @Override
    protected List<String> malformed() {
        return List.of("db.password", "db:3", "projects/my-proj/secrets/", "secrets/db", "a".repeat(256));
    }
}
