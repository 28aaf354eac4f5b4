package dev.headwater.benchmarks.fakeserver;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.headwater.fakeserver.FakeServer;
import dev.headwater.spi.SourceSystem;
import io.grpc.Server;
import java.io.IOException;

/** Starts one server, gets one answer, and prints how many microseconds that took. For a JVM of its own. */
final class FirstAnswer {

    private FirstAnswer() {}

    /** Measures what the argument names. */
    public static void main(String[] arguments) throws IOException {
        long begin = System.nanoTime();
        measure(arguments[0]);
        System.out.println((System.nanoTime() - begin) / 1_000);
        Runtime.getRuntime().halt(0);
    }

    /** Starts the server, and ends with its first answer. */
    static void measure(String what) throws IOException {
        switch (what) {
            case "Basedash" -> {
                FakeServer server = Servers.headwater();
                http(server.url().getPort(), Servers.getRequest(server));
            }
            case "Connect" -> {
                FakeServer server = Servers.headwater();
                http(server.url().getPort(), Servers.listRequest(server));
            }
            case "gRPC" -> {
                FakeServer server = Servers.headwater();
                Servers.listByGrpc(server.chalk().grpcUrl().getPort(), server.token(SourceSystem.CHALK));
            }
            case "WireMock" -> {
                WireMockServer server = Servers.wireMock("{}", true);
                http(server.port(), Servers.WIREMOCK_REQUEST);
            }
            case "Netty" -> grpc(Servers.netty());
            case "OkHttp" -> grpc(Servers.okhttp());
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static void http(int port, byte[] request) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            int status = http.call(request);
            if (status != 200) {
                throw new IllegalStateException("status " + status + ": " + http.body());
            }
        }
    }

    private static void grpc(Server server) {
        Servers.listByGrpc(server.getPort(), Servers.TOKEN);
    }
}
