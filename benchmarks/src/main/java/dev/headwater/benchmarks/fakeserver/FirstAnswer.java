package dev.headwater.benchmarks.fakeserver;

import dev.headwater.fakeserver.FakeServer;
import dev.headwater.spi.SourceSystem;
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
            case "Basedash" -> basedash();
            case "Connect" -> connect();
            case "Connect-binary" -> connectBinary();
            case "gRPC" -> grpc();
            case "WireMock" -> wireMock();
            case "Netty" -> Grpc.list(Grpc.netty().getPort(), Grpc.TOKEN);
            case "OkHttp" -> Grpc.list(Grpc.okhttp().getPort(), Grpc.TOKEN);
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static void basedash() throws IOException {
        FakeServer server = Headwater.start();
        http(server.url().getPort(), Headwater.getRequest(server));
    }

    private static void connect() throws IOException {
        FakeServer server = Headwater.start();
        http(server.url().getPort(), Headwater.listRequest(server));
    }

    private static void connectBinary() throws IOException {
        FakeServer server = Headwater.start();
        http(server.url().getPort(), Headwater.binaryListRequest(server));
    }

    private static void grpc() {
        FakeServer server = Headwater.start();
        Grpc.list(server.chalk().grpcUrl().getPort(), server.token(SourceSystem.CHALK));
    }

    private static void wireMock() throws IOException {
        http(WireMockPeer.start("{}", true).port(), WireMockPeer.REQUEST);
    }

    private static void http(int port, byte[] request) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            int status = http.call(request);
            if (status != 200) {
                throw new IllegalStateException("status " + status + ": " + http.body());
            }
        }
    }
}
