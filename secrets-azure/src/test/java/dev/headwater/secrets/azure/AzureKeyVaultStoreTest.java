package dev.headwater.secrets.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.testkit.AzureKeyVaultEmulator;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

@DisplayName("The Azure Key Vault store")
class AzureKeyVaultStoreTest {

    private static final String VAULT = "https://myvault.vault.azure.net";
    private static final String VERSION = "/0123456789abcdef0123456789abcdef";

    private AzureKeyVaultEmulator emulator;
    private AzureKeyVaultStore store;

    @BeforeEach
    void start() {
        emulator = AzureKeyVaultEmulator.start(VAULT);
        store = AzureKeyVaultStore.builder(VAULT)
                .credential(emulator.credential())
                .httpClient(emulator.httpClient())
                .build();
    }

    @AfterEach
    void stop() {
        store.close();
        emulator.close();
    }

    @Test
    @DisplayName("reads the latest version, after a rotation too")
    void latest() {
        emulator.set("db", "planted-first");
        assertThat(store.fetchLatest("db").reveal()).isEqualTo("planted-first");

        emulator.set("db", "planted-second ✓");
        assertThat(store.fetchLatest("db").reveal()).isEqualTo("planted-second ✓");
        assertThat(emulator.requests()).hasSize(2).allMatch(path -> path.matches("/secrets/db/?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://myvault.vault.azure.cn", "https://myvault.vault.usgovcloudapi.net"})
    @DisplayName("reads vaults of the sovereign clouds")
    void sovereignClouds(String url) {
        try (AzureKeyVaultEmulator cloud = AzureKeyVaultEmulator.start(url);
                AzureKeyVaultStore there = AzureKeyVaultStore.builder(url)
                        .credential(cloud.credential())
                        .httpClient(cloud.httpClient())
                        .build()) {
            cloud.set("db", "planted");
            assertThat(there.fetchLatest("db").reveal()).isEqualTo("planted");
        }
    }

    @Test
    @DisplayName("reads one secret by a name in any case")
    void anyCase() {
        emulator.set("Db-Password", "planted");

        assertThat(store.normalize("DB-PASSWORD")).isEqualTo("DB-PASSWORD");
        assertThat(store.identity("DB-PASSWORD"))
                .isEqualTo(store.identity("Db-Password"))
                .isNotEqualTo(store.identity("DbPassword"));
        assertThat(store.fetchLatest("DB-PASSWORD").reveal()).isEqualTo("planted");
        assertThat(store.fetchLatest(store.identity("Db-Password")).reveal()).isEqualTo("planted");
    }

    @Test
    @DisplayName("calls a disabled latest version disabled, and a denied secret denied, though both are 403")
    void disabledOrDenied() {
        emulator.set("off", "planted-old");
        emulator.set("off", "planted-new");
        emulator.disable("off");
        emulator.set("denied", "planted");
        emulator.deny("denied");

        assertThat(failure("off").reason()).isEqualTo(Reason.DISABLED);
        assertThat(failure("denied").reason()).isEqualTo(Reason.ACCESS_DENIED);

        emulator.allow("denied");
        assertThat(store.fetchLatest("denied").reveal()).isEqualTo("planted");
    }

    @Test
    @DisplayName("calls a secret that does not exist, or was deleted, not found")
    void missing() {
        assertThat(failure("none").reason()).isEqualTo(Reason.NOT_FOUND);

        emulator.set("db", "planted");
        emulator.delete("db");
        assertThat(failure("db").reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "429, Throttled, THROTTLED",
        "503, ServiceUnavailable, UNAVAILABLE",
        "403, Forbidden, ACCESS_DENIED",
        "400, BadParameter, UNAVAILABLE",
        "409, Conflict, UNAVAILABLE",
        "302, Found, UNAVAILABLE"
    })
    @DisplayName("asks once and says what the status means, and does not wait for as long as the vault says")
    void statuses(int status, String code, Reason reason) {
        emulator.set("db", "planted");
        emulator.failNext(1, status, code);

        assertThat(failure("db").reason()).isEqualTo(reason);
        assertThat(emulator.requests()).hasSize(1);
    }

    @Test
    @DisplayName("asks again when the vault fails for a moment")
    void retries() {
        emulator.set("db", "planted");
        emulator.failNext(AzureKeyVaultStore.MAX_RETRIES, 500, "InternalError");

        assertThat(store.fetchLatest("db").reveal()).isEqualTo("planted");
    }

    @Test
    @DisplayName("gives up on a vault that keeps failing, and reads again when it is back")
    void outage() {
        emulator.set("db", "planted");
        emulator.failNext(AzureKeyVaultStore.MAX_RETRIES + 1, 500, "InternalError");

        assertThat(failure("db").reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(store.fetchLatest("db").reveal()).isEqualTo("planted");
    }

    @Test
    @DisplayName("says within seconds that a port refuses")
    void refusedPort() {
        emulator.close();
        long before = System.nanoTime();

        assertThat(failure("db")).satisfies(e -> {
            assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(e).hasMessageContaining("ConnectException");
        });
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("waits for a silent vault for no longer than its timeout")
    void silentVault() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                AzureKeyVaultStore waiting = AzureKeyVaultStore.builder("https://localhost:" + silent.getLocalPort())
                        .credential(emulator.credential())
                        .timeout(Duration.ofSeconds(2))
                        .build()) {
            long before = System.nanoTime();

            SecretStoreException e = catchThrowableOfType(SecretStoreException.class, () -> waiting.fetchLatest("db"));

            assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
            // less than three timeouts, so it was not tried again
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(6));
        }
    }

    @Test
    @DisplayName("does not send its token to a host that is not the challenge's cloud")
    void foreignChallenge() {
        try (AzureKeyVaultStore lured = AzureKeyVaultStore.builder("https://myvault.evil.example")
                .credential(request -> Mono.error(new AssertionError("asked for a token")))
                .httpClient(emulator.httpClient())
                .build()) {
            SecretStoreException e = catchThrowableOfType(SecretStoreException.class, () -> lured.fetchLatest("db"));
            assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(emulator.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "db",
                "https://myvault.vault.azure.net/secrets/db",
                "https://myvault.vault.azure.net/secrets/other/0123456789abcdef0123456789abcdef",
                "https://other.vault.azure.net/secrets/db/0123456789abcdef0123456789abcdef",
                "https://myvault.vault.azure.net:8443/secrets/db/0123456789abcdef0123456789abcdef",
                "https://myvault.vault.azure.net/keys/db/0123456789abcdef0123456789abcdef",
                "http://myvault.vault.azure.net/secrets/db/0123456789abcdef0123456789abcdef"
            })
    @DisplayName("refuses the answer for another resource")
    void wrongIdentifier(String id) {
        emulator.set("db", "planted");
        emulator.changeAnswers(answer -> answer.addProperty("id", id));

        assertThat(failure("db").reason()).isEqualTo(Reason.WRONG_ANSWER);
    }

    @Test
    @DisplayName("takes the vault's identifier in any case, with and without the port")
    void rightIdentifiers() {
        emulator.set("db", "planted");
        for (String id :
                List.of(VAULT + "/secrets/DB" + VERSION, "https://MYVAULT.vault.azure.net:443/secrets/db" + VERSION)) {
            emulator.changeAnswers(answer -> answer.addProperty("id", id));
            assertThat(store.fetchLatest("db").reveal()).isEqualTo("planted");
        }
    }

    @Test
    @DisplayName("refuses an answer without an identifier or without a value")
    void incomplete() {
        emulator.set("db", "planted");
        emulator.changeAnswers(answer -> answer.remove("id"));
        assertThat(failure("db").reason()).isEqualTo(Reason.WRONG_ANSWER);

        emulator.changeAnswers(answer -> answer.remove("value"));
        assertThat(failure("db").reason()).isEqualTo(Reason.WRONG_ANSWER);
    }

    @Test
    @DisplayName("sends nothing for a name that is no name of its vault")
    void badName() {
        for (String name : List.of("../keys/x", "db" + VERSION, "https://other.vault.azure.net/secrets/db")) {
            assertThatExceptionOfType(SecretReferenceException.class).isThrownBy(() -> store.fetchLatest(name));
        }
        assertThat(emulator.requests()).isEmpty();
    }

    @Test
    @DisplayName("tells credentials that get no token from a token service that cannot be reached")
    void tokens() {
        assertThat(withCredential(
                                request -> Mono.error(new ClientAuthenticationException("planted-client-secret", null)))
                        .reason())
                .isEqualTo(Reason.ACCESS_DENIED);
        assertThat(withCredential(request -> Mono.error(new UncheckedIOException(new UnknownHostException("planted"))))
                        .reason())
                .isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    @DisplayName("says that the vault does not take its token")
    void refusedToken() {
        try (AzureKeyVaultEmulator other = AzureKeyVaultEmulator.start(VAULT)) {
            assertThat(withCredential(other.credential()).reason()).isEqualTo(Reason.ACCESS_DENIED);
        }
    }

    private SecretStoreException withCredential(TokenCredential credential) {
        try (AzureKeyVaultStore tried = AzureKeyVaultStore.builder(VAULT)
                .credential(credential)
                .httpClient(emulator.httpClient())
                .build()) {
            SecretStoreException e = catchThrowableOfType(SecretStoreException.class, () -> tried.fetchLatest("db"));
            assertHoldsNoSecret(e);
            return e;
        }
    }

    @Test
    @DisplayName("uses a client of the host for the vault that the client reads")
    void hostsClient() {
        emulator.set("db", "planted");
        AzureKeyVaultStore hosts = AzureKeyVaultStore.of(new SecretClientBuilder()
                .vaultUrl("https://MyVault.vault.azure.net/")
                .credential(emulator.credential())
                .httpClient(emulator.httpClient())
                .buildClient());

        assertThat(hosts.description()).isEqualTo("Azure Key Vault, https://myvault.vault.azure.net");
        assertThat(hosts.fetchLatest("db").reveal()).isEqualTo("planted");
        hosts.close();
    }

    @Test
    @DisplayName("takes the default credentials where azure-identity is there, without asking for a token")
    void defaultCredentials() {
        try (AzureKeyVaultStore byDefault = AzureKeyVaultStore.builder(VAULT).build()) {
            assertThat(byDefault.normalize(VAULT + "/secrets/db")).isEqualTo("db");
        }
    }

    @Test
    @DisplayName("says what to add where default credentials are asked for and azure-identity is not there")
    void noAzureIdentity() throws Exception {
        URL[] without = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("azure-identity"))
                .map(AzureKeyVaultStoreTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(without, ClassLoader.getPlatformClassLoader())) {
            Class<?> apart = loader.loadClass(AzureKeyVaultStore.class.getName());
            Object builder = apart.getMethod("builder", String.class).invoke(null, VAULT);

            assertThatThrownBy(() -> builder.getClass().getMethod("build").invoke(builder))
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("com.azure:azure-identity");
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("keeps no JVM alive, though nobody closes it")
    void daemons() {
        emulator.set("db", "planted");
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        store.fetchLatest("db");

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(
                        thread -> !before.contains(thread) && !thread.getName().startsWith("HTTP-Dispatcher"))
                .allMatch(Thread::isDaemon);
    }

    @Test
    @DisplayName("reads nothing after it is closed, and closes twice")
    void closed() {
        emulator.set("db", "planted");
        store.close();
        store.close();

        assertThat(failure("db").reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(emulator.requests()).isEmpty();
    }

    @Test
    @DisplayName("refuses a vault that is not an https URL, and a timeout of nothing")
    void badConfiguration() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AzureKeyVaultStore.builder("http://myvault.vault.azure.net")
                        .credential(emulator.credential())
                        .build())
                .withMessageContaining("http://myvault.vault.azure.net");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AzureKeyVaultStore.builder(VAULT)
                        .credential(emulator.credential())
                        .timeout(Duration.ZERO)
                        .build());
    }

    private SecretStoreException failure(String name) {
        SecretStoreException e = catchThrowableOfType(SecretStoreException.class, () -> store.fetchLatest(name));
        assertThat(e).as("the failure to read %s", name).isNotNull();
        assertThat(e.secretName()).isEqualTo(name);
        assertHoldsNoSecret(e);
        return e;
    }

    private static void assertHoldsNoSecret(SecretStoreException e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("planted");
    }
}
