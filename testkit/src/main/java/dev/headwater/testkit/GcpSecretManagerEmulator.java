package dev.headwater.testkit;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Google Cloud Secret Manager of one project in memory, over REST on a free port of the loopback interface, as far as
 * reading secrets goes; {@link GcpSecretManagerGrpcService} serves the same secrets over gRPC. It answers as the service does: by the project's number, with checksums, and with the newest
 * version as {@code latest}, whether it is enabled or not. Credentials are not checked.
 *
 * <pre>{@code
 * try (var emulator = GcpSecretManagerEmulator.start("my-project", 456789012345L)) {
 *     emulator.addVersion("db-password", "correct horse");
 *     var store = GcpSecretManagerStore.builder("my-project")
 *             .settings(s -> s.setEndpoint(emulator.endpoint()).setCredentialsProvider(NoCredentialsProvider.create()))
 *             .build();
 * }
 * }</pre>
 *
 * <p>Secrets go by their name, those of a location with it before them: {@code europe-west1/db-password}. All methods may
 * be called by many threads at once.
 *
 * @see <a href="https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions/access">the
 *     service's reference</a>
 */
public final class GcpSecretManagerEmulator implements AutoCloseable {

    private static final Pattern VERSION =
            Pattern.compile("projects/([^/]+)(?:/locations/([^/]+))?/secrets/([^/]+)/versions/([^/]+)");

    private final String project;
    private final String number;
    private final HttpServer server;
    private final Map<String, List<Version>> secrets = new HashMap<>();
    private final Set<String> denied = new HashSet<>();
    private final Deque<Failure> failures = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private Consumer<JsonObject> change = answer -> {};

    private GcpSecretManagerEmulator(String project, long number) throws IOException {
        this.project = project;
        this.number = Long.toString(number);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    /**
     * Starts an emulator without secrets.
     *
     * @param project the project's id
     * @param number the project's number
     * @throws UncheckedIOException if no port is free
     */
    public static GcpSecretManagerEmulator start(String project, long number) {
        try {
            return new GcpSecretManagerEmulator(project, number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return what to set as the endpoint of the vendor's REST client} */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Adds a version, and the secret if it is new. */
    public void addVersion(String secret, String value) {
        addVersion(secret, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a version of bytes that need not be text, and the secret if it is new. */
    public synchronized void addVersion(String secret, byte[] value) {
        CRC32C crc = new CRC32C();
        crc.update(value);
        secrets.computeIfAbsent(secret, any -> new ArrayList<>())
                .add(new Version(Base64.getEncoder().encodeToString(value), crc.getValue(), true));
    }

    /**
     * Disables the newest version.
     *
     * @throws IllegalArgumentException if there is no such secret
     */
    public synchronized void disableLatest(String secret) {
        List<Version> versions = secrets.get(secret);
        if (versions == null) {
            throw new IllegalArgumentException("there is no secret " + secret);
        }
        int last = versions.size() - 1;
        versions.set(last, versions.get(last).disabled());
    }

    /** Deletes a secret with all of its versions. */
    public synchronized void delete(String secret) {
        secrets.remove(secret);
    }

    /** Refuses to read a secret from now on, as for callers that lack the permission. */
    public synchronized void deny(String secret) {
        denied.add(secret);
    }

    /** Reads a secret again that was denied. */
    public synchronized void allow(String secret) {
        denied.remove(secret);
    }

    /**
     * Fails that many next calls.
     *
     * @param http such as 429
     * @param status the name that the service gives it, such as {@code RESOURCE_EXHAUSTED}
     */
    public synchronized void failNext(int calls, int http, String status) {
        for (int i = 0; i < calls; i++) {
            failures.add(new Failure(http, status, "This call was made to fail."));
        }
    }

    /** Changes the JSON of all answers from now on, for answers that a client must not trust. */
    public synchronized void changeAnswers(Consumer<JsonObject> by) {
        change = by;
    }

    /** {@return the paths, or over gRPC the names of versions, that were asked for, oldest first} */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Stops the server and frees its port. */
    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            int http = 200;
            JsonObject body;
            try {
                body = access(
                        exchange.getRequestMethod(), exchange.getRequestURI().getPath());
            } catch (Failure failure) {
                http = failure.http;
                body = failure.body();
            }
            byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
            exchange.sendResponseHeaders(http, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized JsonObject access(String method, String path) throws Failure {
        requests.add(path);
        Failure failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        if (!method.equals("GET") || !path.startsWith("/v1/") || !path.endsWith(":access")) {
            throw new Failure(404, "NOT_FOUND", "This emulator only accesses secret versions.");
        }
        return access(path.substring("/v1/".length(), path.length() - ":access".length()));
    }

    /** {@return what the service's gRPC method answers for the name of a version, as JSON} */
    synchronized JsonObject accessVersion(String name) throws Failure {
        requests.add(name);
        Failure failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        return access(name);
    }

    private JsonObject access(String version) throws Failure {
        Matcher asked = VERSION.matcher(version);
        if (!asked.matches()) {
            throw new Failure(400, "INVALID_ARGUMENT", "This is not the name of a secret version.");
        }
        String location = asked.group(2);
        String secret = asked.group(3);
        String key = location == null ? secret : location + "/" + secret;
        boolean ours = asked.group(1).equals(project) || asked.group(1).equals(number);
        if (!ours || denied.contains(key)) {
            throw new Failure(
                    403,
                    "PERMISSION_DENIED",
                    "Permission 'secretmanager.versions.access' denied for the resource (or it may not exist).");
        }
        String parent =
                "projects/" + number + (location == null ? "" : "/locations/" + location) + "/secrets/" + secret;
        JsonObject answer = answer(parent, asked.group(4), secrets.get(key));
        change.accept(answer);
        return answer;
    }

    private static JsonObject answer(String parent, String asked, @Nullable List<Version> versions) throws Failure {
        int version = versions == null ? 0 : asked.equals("latest") ? versions.size() : index(asked);
        if (versions == null || version < 1 || version > versions.size()) {
            throw new Failure(404, "NOT_FOUND", "Secret [" + parent + "] not found or has no versions.");
        }
        String name = parent + "/versions/" + version;
        Version found = versions.get(version - 1);
        if (!found.enabled()) {
            throw new Failure(400, "FAILED_PRECONDITION", "Secret Version [" + name + "] is in DISABLED state.");
        }
        JsonObject payload = new JsonObject();
        payload.addProperty("data", found.base64());
        payload.addProperty("dataCrc32c", Long.toString(found.crc32c()));
        JsonObject answer = new JsonObject();
        answer.addProperty("name", name);
        answer.add("payload", payload);
        return answer;
    }

    private static int index(String version) {
        return version.matches("[0-9]{1,6}") ? Integer.parseInt(version) : 0;
    }

    private record Version(String base64, long crc32c, boolean enabled) {

        Version disabled() {
            return new Version(base64, crc32c, false);
        }

        /** Without the value. */
        @Override
        public String toString() {
            return "Version[enabled=" + enabled + "]";
        }
    }

    static final class Failure extends Exception {

        private static final long serialVersionUID = 1L;

        private final int http;
        private final String status;

        Failure(int http, String status, String message) {
            super(message);
            this.http = http;
            this.status = status;
        }

        /** {@return the name that the service gives it} */
        String status() {
            return status;
        }

        JsonObject body() {
            JsonObject error = new JsonObject();
            error.addProperty("code", http);
            error.addProperty("message", getMessage());
            error.addProperty("status", status);
            JsonObject body = new JsonObject();
            body.add("error", error);
            return body;
        }
    }
}
