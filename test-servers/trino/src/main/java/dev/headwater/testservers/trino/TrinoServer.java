package dev.headwater.testservers.trino;

import com.google.inject.Key;
import io.trino.plugin.memory.MemoryPlugin;
import io.trino.server.security.PasswordAuthenticatorManager;
import io.trino.server.testing.TestingTrinoServer;
import io.trino.spi.security.AccessDeniedException;
import io.trino.spi.security.BasicPrincipal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs a Trino coordinator with the catalog {@code memory} on the loopback interface until its standard input ends, which
 * it does when the JVM that started it is gone.
 *
 * <p>Arguments: a PKCS #12 file with the server's key, its password, the name of the one user that may log in over TLS,
 * and that user's password. Without TLS, anybody may come in without a password. Once it serves, it prints one line with
 * the ports of HTTPS and HTTP.
 */
public final class TrinoServer {

    private TrinoServer() {}

    public static void main(String[] arguments) throws IOException {
        // Trino turns System.out into a log.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        String user = arguments[2];
        String password = arguments[3];
        Path noConfig = Files.createTempFile("password-authenticator", ".properties");
        try (TestingTrinoServer server = TestingTrinoServer.builder()
                .setProperties(Map.of(
                        "http-server.authentication.type", "PASSWORD",
                        "password-authenticator.config-files", noConfig.toString(),
                        "http-server.authentication.allow-insecure-over-http", "true",
                        "http-server.https.enabled", "true",
                        "http-server.https.port", "0",
                        "http-server.https.keystore.path", arguments[0],
                        "http-server.https.keystore.key", arguments[1]))
                .build()) {
            server.getInstance(Key.get(PasswordAuthenticatorManager.class)).setAuthenticators((name, secret) -> {
                if (!name.equals(user) || !secret.equals(password)) {
                    throw new AccessDeniedException("Invalid credentials");
                }
                return new BasicPrincipal(name);
            });
            server.installPlugin(new MemoryPlugin());
            server.createCatalog("memory", "memory");
            out.println(server.getHttpsBaseUrl().getPort() + " "
                    + server.getBaseUrl().getPort());
            while (System.in.read() >= 0) {
                // What it says does not matter, only that it ends.
            }
        }
    }
}
