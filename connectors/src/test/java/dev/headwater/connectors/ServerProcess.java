package dev.headwater.connectors;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Starts the test servers that are processes of their own: in a JVM, since their libraries clash with those of the drivers,
 * or programs. They end when their standard input does: with this JVM, however that ends.
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
        Path directory = directory();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + directory));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(main, directory), main));
        command.addAll(arguments);
        return start(directory, command);
    }

    /**
     * Starts a server that is a program, or a script that starts one.
     *
     * @return the line that it prints once it serves
     */
    public static String startProgram(List<String> command) {
        return start(directory(), command);
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("server");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String start(Path directory, List<String> command) {
        try {
            Path log = directory.resolve("log.txt");
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectError(log.toFile())
                    .start();
            String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (line == null) {
                throw new IllegalStateException(command + " did not start; see " + log);
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a port of the loopback interface that is free now, for a program that cannot choose one itself} */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the main class needs. Of a zip, which is how plug-ins come, it needs the jars inside. */
    private static String classPath(String name, Path directory) {
        try {
            Class<?> main = Class.forName(name, false, ServerProcess.class.getClassLoader());
            List<String> entries = new ArrayList<>();
            entries.add(Path.of(main.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
            try (var in = main.getResourceAsStream("classpath.txt")) {
                String written = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
                for (String entry : written.split(File.pathSeparator)) {
                    entries.add(entry.endsWith(".zip") ? unpack(Path.of(entry), directory) + "/*" : entry);
                }
            }
            return String.join(File.pathSeparator, entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path unpack(Path zip, Path directory) throws IOException {
        Path to = directory.resolve("unpacked-" + zip.getFileName());
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    Path file = to.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file);
                }
            }
        }
        return to;
    }
}
