package dev.headwater.fakeserver;

import dev.headwater.spi.SourceSystem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Runs a server from the command line until it is killed, and prints what it is asked, without secrets.
 *
 * <pre>{@code --port 8080 --grpc-port 8081 --seed file.json}</pre>
 */
public final class Main {

    private static final String USAGE = """
            Usage: [--port <number>] [--grpc-port <number>] [--seed <file.json>]
            Serves the data source APIs of Chalk, DataBrain and Basedash on 127.0.0.1, on free ports if none are given.
            """;

    private Main() {}

    /** Starts the server; never returns unless the arguments are wrong. */
    @SuppressWarnings("SystemOut") // this is a command
    public static void main(String[] arguments) throws InterruptedException {
        FakeServer server = start(arguments, System.out);
        if (server == null) {
            System.exit(2);
        }
        Thread.currentThread().join();
    }

    /** {@return the server; null if the arguments are wrong, and it was said how} */
    static @Nullable FakeServer start(String[] arguments, PrintStream out) {
        FakeServerBuilder builder = FakeServer.builder();
        Path seed = null;
        try {
            for (int i = 0; i < arguments.length; i += 2) {
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException("a value is missing after " + arguments[i]);
                }
                String value = arguments[i + 1];
                switch (arguments[i]) {
                    case "--port" -> builder.port(port(value));
                    case "--grpc-port" -> builder.grpcPort(port(value));
                    case "--seed" -> seed = Path.of(value);
                    default -> throw new IllegalArgumentException("there is no option " + arguments[i]);
                }
            }
            byte[] file = seed == null ? null : Files.readAllBytes(seed);
            FakeServer server = builder.start();
            try {
                if (file != null) {
                    server.seed(file);
                }
            } catch (IllegalArgumentException e) {
                server.close();
                throw e;
            }
            greet(server, out);
            return server;
        } catch (IllegalArgumentException | java.io.UncheckedIOException e) {
            out.println(e.getMessage());
        } catch (IOException e) {
            out.println("cannot read " + seed);
        }
        out.print(USAGE);
        return null;
    }

    private static void greet(FakeServer server, PrintStream out) {
        out.println("HTTP  " + server.url());
        out.println("gRPC  " + server.chalk().grpcUrl());
        out.println("Chalk      client id " + server.chalk().clientId() + ", secret "
                + server.chalk().clientSecret());
        for (SourceSystem system : SourceSystem.values()) {
            out.printf(Locale.ROOT, "%-10s token %s%n", system.label(), server.token(system));
        }
        server.log((call, outcome, took) -> out.println(line(call.recorded(), outcome, took)));
    }

    private static String line(RecordedRequest request, String outcome, Duration took) {
        return request.at() + " " + outcome + " " + took.toNanos() / 1_000 + "us " + request;
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("a port must be a number from 0 to 65535, got " + text);
        }
        return Integer.parseInt(text);
    }
}
