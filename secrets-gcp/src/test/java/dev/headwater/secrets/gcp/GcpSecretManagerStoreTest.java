package dev.headwater.secrets.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.testkit.GcpSecretManagerEmulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The Google Secret Manager store")
class GcpSecretManagerStoreTest {

    private static final long NUMBER = 456789012345L;

    private GcpSecretManagerEmulator emulator;
    private GcpSecretManagerStore store;

    @BeforeEach
    void start() {
        emulator = GcpSecretManagerEmulator.start("my-proj", NUMBER);
        store = GcpSecretManagerStore.builder("my-proj")
                .settings(this::emulated)
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
        emulator.addVersion("db", "planted-first");
        assertThat(store.fetchLatest("db").reveal()).isEqualTo("planted-first");

        emulator.addVersion("db", "planted-second ✓");
        assertThat(store.fetchLatest("db").reveal()).isEqualTo("planted-second ✓");
        assertThat(emulator.requests()).containsOnly("/v1/projects/my-proj/secrets/db/versions/latest:access");
    }

    @Test
    @DisplayName("reads regional secrets of its location, and no global ones")
    void regional() {
        emulator.addVersion("db", "planted-global");
        emulator.addVersion("europe-west1/db", "planted-regional");
        try (GcpSecretManagerStore regional = GcpSecretManagerStore.builder("my-proj")
                .location("europe-west1")
                .settings(this::emulated)
                .build()) {
            assertThat(regional.fetchLatest("db").reveal()).isEqualTo("planted-regional");
        }
        assertThat(emulator.requests())
                .containsExactly("/v1/projects/my-proj/locations/europe-west1/secrets/db/versions/latest:access");
    }

    @Test
    @DisplayName("reads by number in a project that is configured by number")
    void byNumber() {
        emulator.addVersion("db", "planted");
        try (GcpSecretManagerStore byNumber = GcpSecretManagerStore.builder(Long.toString(NUMBER))
                .settings(this::emulated)
                .build()) {
            assertThat(byNumber.fetchLatest("db").reveal()).isEqualTo("planted");
        }
    }

    @Test
    @DisplayName("asks the regional endpoint for regional secrets, and the global one for others")
    void endpoints() {
        assertThat(endpointOf(GcpSecretManagerStore.builder("my-proj"))).isEqualTo("secretmanager.googleapis.com:443");
        assertThat(endpointOf(GcpSecretManagerStore.builder("my-proj").location("europe-west1")))
                .isEqualTo("secretmanager.europe-west1.rep.googleapis.com:443");
    }

    private String endpointOf(GcpSecretManagerStore.Builder builder) {
        String[] endpoint = new String[1];
        try (GcpSecretManagerStore probe = builder.settings(settings -> {
                    endpoint[0] = settings.getEndpoint();
                    emulated(settings);
                })
                .build()) {
            assertThatExceptionOfType(SecretStoreException.class).isThrownBy(() -> probe.fetchLatest("none"));
        }
        return endpoint[0];
    }

    @Test
    @DisplayName("calls a disabled latest version disabled, whatever older versions there are")
    void disabled() {
        emulator.addVersion("db", "planted-old");
        emulator.addVersion("db", "planted-new");
        emulator.disableLatest("db");

        assertThat(failure("db").reason()).isEqualTo(Reason.DISABLED);
    }

    @Test
    @DisplayName("names the permission that is missing")
    void denied() {
        emulator.addVersion("db", "planted");
        emulator.deny("db");

        assertThat(failure("db")).satisfies(e -> {
            assertThat(e.reason()).isEqualTo(Reason.ACCESS_DENIED);
            assertThat(e).hasMessageContaining("secretmanager.versions.access");
        });

        emulator.allow("db");
        assertThat(store.fetchLatest("db").reveal()).isEqualTo("planted");
    }

    @ParameterizedTest
    @CsvSource({
        "429, RESOURCE_EXHAUSTED, THROTTLED",
        "401, UNAUTHENTICATED, ACCESS_DENIED",
        "504, DEADLINE_EXCEEDED, UNAVAILABLE",
        "500, INTERNAL, UNAVAILABLE",
        "400, INVALID_ARGUMENT, UNAVAILABLE"
    })
    @DisplayName("asks once and says what the service's status means")
    void statuses(int http, String status, Reason reason) {
        emulator.addVersion("db", "planted");
        emulator.failNext(1, http, status);

        assertThat(failure("db").reason()).isEqualTo(reason);
        assertThat(emulator.requests()).hasSize(1);
    }

    @Test
    @DisplayName("asks again when the service is unavailable for a moment")
    void retries() {
        emulator.addVersion("db", "planted");
        emulator.failNext(GcpSecretManagerStore.MAX_ATTEMPTS - 1, 503, "UNAVAILABLE");

        assertThat(store.fetchLatest("db").reveal()).isEqualTo("planted");
    }

    @Test
    @DisplayName("gives up on a service that stays unavailable, and reads again when it is back")
    void outage() {
        emulator.addVersion("db", "planted");
        emulator.failNext(GcpSecretManagerStore.MAX_ATTEMPTS, 503, "UNAVAILABLE");

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
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    @DisplayName("waits for a silent server for no longer than its timeout")
    void silentServer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                GcpSecretManagerStore waiting = GcpSecretManagerStore.builder("my-proj")
                        .timeout(Duration.ofSeconds(1))
                        .settings(settings -> {
                            emulated(settings);
                            settings.setEndpoint("http://127.0.0.1:" + silent.getLocalPort());
                        })
                        .build()) {
            long before = System.nanoTime();

            SecretStoreException e = catchThrowableOfType(SecretStoreException.class, () -> waiting.fetchLatest("db"));

            assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
        }
    }

    @Test
    @DisplayName("stops waiting when its thread is interrupted, and leaves the interrupt for the caller")
    void interrupted() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                GcpSecretManagerStore waiting = GcpSecretManagerStore.builder("my-proj")
                        .timeout(Duration.ofMinutes(1))
                        .settings(settings -> {
                            emulated(settings);
                            settings.setEndpoint("http://127.0.0.1:" + silent.getLocalPort());
                        })
                        .build()) {
            FutureTask<Boolean> fetch = new FutureTask<>(() -> {
                assertThatExceptionOfType(SecretStoreException.class)
                        .isThrownBy(() -> waiting.fetchLatest("db"))
                        .extracting(SecretStoreException::reason)
                        .isEqualTo(Reason.UNAVAILABLE);
                return Thread.interrupted();
            });
            Thread thread = new Thread(fetch);
            thread.start();
            try (Socket asked = silent.accept()) {
                while (thread.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
                thread.interrupt();
                assertThat(fetch.get(30, TimeUnit.SECONDS)).isTrue();
                assertThat(asked.isConnected()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "db",
                "projects/456789012345/secrets/other/versions/1",
                "projects/456789012345/secrets/db/versions/latest",
                "projects/456789012345/secrets/db",
                "projects/other-proj/secrets/db/versions/1",
                "projects/456789012345/locations/europe-west1/secrets/db/versions/1",
                "projects/456789012345/secrets/DB/versions/1"
            })
    @DisplayName("refuses the answer for another resource")
    void wrongName(String name) {
        emulator.addVersion("db", "planted");
        emulator.changeAnswers(answer -> answer.addProperty("name", name));

        assertThat(failure("db").reason()).isEqualTo(Reason.WRONG_ANSWER);
    }

    @Test
    @DisplayName("refuses the answer of another project, if it knows its own project's number")
    void wrongNumber() {
        emulator.addVersion("db", "planted");
        emulator.changeAnswers(answer -> answer.addProperty("name", "projects/1/secrets/db/versions/1"));
        try (GcpSecretManagerStore numbered = GcpSecretManagerStore.builder("my-proj")
                .projectNumber(NUMBER)
                .settings(this::emulated)
                .build()) {
            SecretStoreException e = catchThrowableOfType(SecretStoreException.class, () -> numbered.fetchLatest("db"));
            assertThat(e.reason()).isEqualTo(Reason.WRONG_ANSWER);
        }
    }

    @Test
    @DisplayName("refuses a payload that does not match its checksum")
    void wrongChecksum() {
        emulator.addVersion("db", "planted");
        emulator.changeAnswers(answer -> answer.getAsJsonObject("payload").addProperty("dataCrc32c", "1"));

        assertThat(failure("db").reason()).isEqualTo(Reason.WRONG_ANSWER);
    }

    @Test
    @DisplayName("refuses a payload that is not UTF-8 rather than change it")
    void binary() {
        emulator.addVersion("db", new byte[] {'p', 'l', 'a', 'n', 't', 'e', 'd', (byte) 0xc3, 0x28});

        assertThat(failure("db").reason()).isEqualTo(Reason.UNUSABLE);
    }

    @Test
    @DisplayName("sends nothing for a name that is no name of its project")
    void badName() {
        for (String name : List.of("../x", "db/versions/1", "projects/other-proj/secrets/db")) {
            assertThatExceptionOfType(SecretReferenceException.class).isThrownBy(() -> store.fetchLatest(name));
        }
        assertThat(emulator.requests()).isEmpty();
    }

    @Test
    @DisplayName("connects when it is first asked, not when it is built")
    void lazy() {
        GcpSecretManagerStore never = GcpSecretManagerStore.builder("my-proj")
                .settings(settings -> {
                    throw new AssertionError("made a client");
                })
                .build();

        assertThat(never.normalize("projects/my-proj/secrets/db")).isEqualTo("db");
        assertThat(never.description()).isEqualTo("Google Secret Manager, project my-proj");
        never.close();
    }

    @Test
    @DisplayName("says that there are no credentials")
    void noCredentials() {
        try (GcpSecretManagerStore bare = GcpSecretManagerStore.builder("my-proj")
                .settings(settings -> settings.setCredentialsProvider(() -> {
                    throw new IOException("planted-in-a-file");
                }))
                .build()) {
            SecretStoreException e = catchThrowableOfType(SecretStoreException.class, () -> bare.fetchLatest("db"));
            assertThat(e.reason()).isEqualTo(Reason.ACCESS_DENIED);
            assertHoldsNoSecret(e);
        }
    }

    @Test
    @DisplayName("uses a client of the host and leaves it open")
    void hostsClient() throws IOException {
        emulator.addVersion("db", "planted");
        try (SecretManagerServiceClient client = newClient()) {
            GcpSecretManagerStore hosts =
                    GcpSecretManagerStore.builder("my-proj").client(client).build();
            assertThat(hosts.fetchLatest("db").reveal()).isEqualTo("planted");
            hosts.close();

            assertThat(client.isShutdown()).isFalse();
        }
    }

    @Test
    @DisplayName("keeps no JVM alive, though nobody closes it")
    void daemons() {
        emulator.addVersion("db", "planted");
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
        emulator.addVersion("db", "planted");
        store.fetchLatest("db");
        store.close();
        store.close();

        assertThat(failure("db").reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    @DisplayName("refuses a configuration that contradicts itself")
    void badConfiguration() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GcpSecretManagerStore.builder("My Project").build())
                .withMessageContaining("My Project");
        try (SecretManagerServiceClient client = newClient()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> GcpSecretManagerStore.builder("my-proj")
                            .client(client)
                            .settings(this::emulated)
                            .build());
        }
    }

    private SecretManagerServiceClient newClient() throws IOException {
        SecretManagerServiceSettings.Builder settings = SecretManagerServiceSettings.newHttpJsonBuilder();
        emulated(settings);
        return SecretManagerServiceClient.create(settings.build());
    }

    private void emulated(SecretManagerServiceSettings.Builder settings) {
        settings.setEndpoint(emulator.endpoint());
        settings.setCredentialsProvider(NoCredentialsProvider.create());
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
