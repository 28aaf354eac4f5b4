package dev.headwater.fakeserver;

import static dev.headwater.fakeserver.ChalkClient.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.headwater.fakeserver.internal.chalk.wire.InsertIntegrationRequest;
import dev.headwater.spi.SourceSystem;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The fake server")
class FakeServerTest {

    @Test
    @DisplayName("runs many times at once, each by itself, and is gone when closed")
    void many() {
        List<FakeServer> servers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            servers.add(FakeServer.start());
        }
        for (FakeServer server : servers) {
            try (ChalkClient client = new ChalkClient(server)) {
                client.insert("MYSQL", "orders", Map.of());
                assertThat(client.list()).hasSize(1);
            }
        }
        assertThat(servers).extracting(server -> server.url().getPort()).doesNotHaveDuplicates();
        servers.forEach(FakeServer::close);
        assertThatThrownBy(() -> new Connect(servers.get(0)).call("ListIntegrations", "{}"))
                .isInstanceOf(java.net.ConnectException.class);
        int port = servers.get(0).url().getPort();
        try (FakeServer again = FakeServer.builder().port(port).start()) {
            assertThat(again.url().getPort()).isEqualTo(port);
            assertThatThrownBy(() -> FakeServer.builder().port(port).start())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(Integer.toString(port));
            assertThatThrownBy(() -> FakeServer.builder().grpcPort(port).start())
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    @DisplayName("takes calls by many at once, and no name twice")
    void concurrently() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (FakeServer server = FakeServer.start();
                ChalkClient client = new ChalkClient(server)) {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String name = "name_" + i % 50;
                calls.add(() -> {
                    try {
                        client.insert("MYSQL", name, Map.of("MYSQL_HOST", "db"));
                        return true;
                    } catch (io.grpc.StatusRuntimeException e) {
                        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
                        return false;
                    }
                });
            }
            int made = 0;
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                made += call.get() ? 1 : 0;
            }
            assertThat(made).isEqualTo(50);
            assertThat(client.list()).hasSize(50);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("refuses a gRPC message of more than 10 MB, and goes on")
    void tooLarge() {
        try (FakeServer server = FakeServer.start();
                ChalkClient client = new ChalkClient(server)) {
            InsertIntegrationRequest large = InsertIntegrationRequest.newBuilder()
                    .setNameBytes(ByteString.copyFromUtf8("x".repeat(11_000_000)))
                    .build();
            assertThat(failure(() -> client.integrations().insertIntegration(large))
                            .getCode())
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(client.list()).isEmpty();
        }
    }

    @Nested
    @DisplayName("in a nested class")
    @ExtendWith(FakeServerExtension.class)
    class Extension {

        private final FakeServer fromConstructor;

        Extension(FakeServer server) {
            fromConstructor = server;
        }

        @Test
        @DisplayName("is one for the class")
        void one(FakeServer server) {
            assertThat(server).isSameAs(fromConstructor);
        }

        @Nested
        @DisplayName("and further in")
        class Further {

            @Test
            @DisplayName("is the same")
            void same(FakeServer server) {
                assertThat(server).isSameAs(fromConstructor);
            }
        }
    }

    @Test
    @DisplayName("is a test's own if the extension stands on the test")
    @ExtendWith(FakeServerExtension.class)
    void own(FakeServer server) {
        assertThat(server.requests()).isEmpty();
    }

    @Nested
    @DisplayName("on the command line")
    class CommandLine {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private FakeServer start(String... arguments) {
            return Main.start(arguments, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        }

        private String printed() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        @Test
        @DisplayName("takes ports and a seed, says where it is, and prints calls without secrets")
        void runs(@TempDir Path scratch) throws Exception {
            Path seed = scratch.resolve("seed.json");
            Files.writeString(
                    seed,
                    "{\"scopes\":[{\"id\":\"test\",\"dataSources\":[{\"kind\":\"mysql\",\"name\":\"shop\","
                            + "\"config\":{\"password\":\"planted-secret\"}}]}]}");
            try (FakeServer server = start("--port", "0", "--grpc-port", "0", "--seed", seed.toString());
                    ChalkClient client = new ChalkClient(server)) {
                assertThat(client.list()).hasSize(1);
                client.insert("POSTGRESQL", "orders\u001b[31m".substring(0, 6), Map.of("PGPASSWORD", "planted-secret"));
                failure(() -> client.insert("POSTGRESQL", "bad\u001b\n", Map.of()));
                new Connect(server).call("ListIntegrations", "{}");
                assertThat(printed())
                        .contains(server.url().toString(), server.token(SourceSystem.BASEDASH))
                        .contains(" OK ", "Chalk ListIntegrations (gRPC POST")
                        .contains(" 200 ", "Chalk ListIntegrations (Connect POST")
                        .contains(" INVALID_ARGUMENT ", "bad")
                        .doesNotContain("planted-secret")
                        .doesNotContain("\u001b");
            }
        }

        @Test
        @DisplayName("says what is wrong with its arguments")
        void wrong(@TempDir Path scratch) {
            assertThat(start("--port", "seventy")).isNull();
            assertThat(printed()).contains("seventy").contains("Usage");
            assertThat(start("--port")).isNull();
            assertThat(start("--nonsense", "1")).isNull();
            assertThat(start("--seed", scratch.resolve("missing").toString())).isNull();
            assertThat(printed()).contains("--nonsense").contains("missing");
        }
    }
}
