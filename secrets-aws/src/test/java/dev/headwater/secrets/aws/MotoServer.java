package dev.headwater.secrets.aws;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * moto's server, an emulator of AWS that others made, as a process on a free port of the loopback interface. It runs on
 * the Python 3 of the machine.
 *
 * @see <a href="https://docs.getmoto.org/en/latest/docs/server_mode.html">moto's server mode</a>
 */
final class MotoServer implements AutoCloseable {

    private static final Pattern RUNNING = Pattern.compile("Running on http://127\\.0\\.0\\.1:([0-9]+)");

    private final Process process;
    private final URI endpoint;

    private MotoServer(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * Starts it, and waits until it listens.
     *
     * @param packages the directory of the Python packages
     */
    static MotoServer start(Path packages) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("/usr/bin/python3", "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0");
        builder.environment().put("PYTHONPATH", packages.toString());
        builder.directory(new File(System.getProperty("java.io.tmpdir")));
        Process process = builder.redirectErrorStream(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Deque<String> lines = new ArrayDeque<>();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            Matcher running = RUNNING.matcher(line);
            if (running.find()) {
                drain(output);
                return new MotoServer(process, URI.create("http://127.0.0.1:" + running.group(1)));
            }
        }
        throw new IllegalStateException("moto did not start: " + String.join("\n", lines));
    }

    /** Its log must be read, or it would stop when the pipe is full. */
    private static void drain(BufferedReader output) {
        Thread reader = new Thread(
                () -> {
                    try (output) {
                        while (output.readLine() != null) {
                            // dropped
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "moto-log");
        reader.setDaemon(true);
        reader.start();
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
