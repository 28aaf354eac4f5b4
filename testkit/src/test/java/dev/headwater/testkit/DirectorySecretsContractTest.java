package dev.headwater.testkit;

import dev.headwater.core.DirectorySecrets;
import dev.headwater.spi.SecretStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Secrets in a directory")
class DirectorySecretsContractTest extends SecretStoreContract {

    @TempDir
    Path directory;

    @Override
    protected SecretStore store() {
        return DirectorySecrets.in(directory);
    }

    @Override
    protected void put(String name, String value) {
        try {
            Files.writeString(directory.resolve(name), value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
    protected void deny(String name) {
        // Works for root as well, to whom permissions mean nothing.
        try {
            Files.delete(directory.resolve(name));
            Files.createSymbolicLink(directory.resolve(name), Path.of(System.getProperty("java.home"), "release"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected SecretStore unreachable() {
        return DirectorySecrets.in(directory.resolve("unmounted"));
    }

    @Override
    protected List<String> malformed() {
        return List.of(".", "..", "..data", "../db", "a/b");
    }
}
