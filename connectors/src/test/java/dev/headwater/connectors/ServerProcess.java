package dev.headwater.connectors;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the test servers that run in a JVM of their own, since their libraries clash with those of the drivers. They end
 * when their standard input does: with this JVM, however that ends.
 */
public final class ServerProcess {

    private ServerProcess() {}

    /**
     * Starts a server of a module of its own, whose build wrote its class path beside its main class.
     *
     * @param main the name of its main class
     * @param options of its JVM
     * @return the line that it prints once it serves
     */
    public static String start(String main, List<String> options, List<String> arguments) {
        try {
            Path directory = Files.createTempDirectory("server");
            Path log = directory.resolve("log.txt");
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + directory));
            command.addAll(options);
            command.addAll(List.of("-cp", classPath(main), main));
            command.addAll(arguments);
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectError(log.toFile())
                    .start();
            String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (line == null) {
                throw new IllegalStateException(main + " did not start; see " + log);
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath(String name) throws IOException {
        try {
            Class<?> main = Class.forName(name, false, ServerProcess.class.getClassLoader());
            Path classes = Path.of(
                    main.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (var in = main.getResourceAsStream("classpath.txt")) {
                return classes + File.pathSeparator + new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            }
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
