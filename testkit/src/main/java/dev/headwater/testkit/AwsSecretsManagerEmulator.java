package dev.headwater.testkit;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * AWS Secrets Manager of one account and region in memory, over HTTP on a free port of the loopback interface, as far as
 * reading secrets goes: JSON 1.1, error codes and version stages as the service has them. It checks who signs a request,
 * not the signature.
 *
 * <pre>{@code
 * try (var emulator = AwsSecretsManagerEmulator.start("123456789012", "us-east-1")) {
 *     emulator.set("prod/db", "correct horse");
 *     var store = AwsSecretsManagerStore.builder("123456789012", "us-east-1")
 *             .endpoint(emulator.endpoint())
 *             .credentials(StaticCredentialsProvider.create(
 *                     AwsBasicCredentials.create(emulator.accessKeyId(), "any")))
 *             .build();
 * }
 * }</pre>
 *
 * <p>All methods may be called by many threads at once.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
 */
public final class AwsSecretsManagerEmulator implements AutoCloseable {

    private final String account;
    private final String region;
    private final String accessKeyId = "AKIA"
            + UUID.randomUUID().toString().replace("-", "").substring(0, 16).toUpperCase(Locale.ROOT);
    private final HttpServer server;
    private final Map<String, Secret> secrets = new HashMap<>();
    private final Set<String> denied = new HashSet<>();
    private final Deque<Failure> failures = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private Consumer<JsonObject> change = answer -> {};

    private AwsSecretsManagerEmulator(String account, String region) throws IOException {
        this.account = account;
        this.region = region;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    /**
     * Starts an account without secrets.
     *
     * @throws UncheckedIOException if no port is free
     */
    public static AwsSecretsManagerEmulator start(String account, String region) {
        try {
            return new AwsSecretsManagerEmulator(account, region);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return where it listens} */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** {@return the access key whose requests are answered; its secret may be anything} */
    public String accessKeyId() {
        return accessKeyId;
    }

    /**
     * Sets a secret, or makes the value its current version.
     *
     * @return the secret's ARN
     */
    public synchronized String set(String name, String value) {
        return put(name, new Version(UUID.randomUUID().toString(), value, null));
    }

    /**
     * Sets a secret that holds bytes.
     *
     * @return the secret's ARN
     */
    public synchronized String setBinary(String name, byte[] value) {
        return put(
                name,
                new Version(
                        UUID.randomUUID().toString(), null, Base64.getEncoder().encodeToString(value)));
    }

    private String put(String name, Version version) {
        Secret secret = secrets.computeIfAbsent(name, any -> new Secret(arn(name)));
        secret.versions.add(0, version);
        return secret.arn;
    }

    private String arn(String name) {
        return "arn:aws:secretsmanager:" + region + ":" + account + ":secret:" + name + "-"
                + UUID.randomUUID().toString().substring(0, 6);
    }

    /** Deletes a secret at once; set anew, it has another ARN. */
    public synchronized void delete(String name) {
        secrets.remove(name);
    }

    /**
     * Marks a secret for deletion, which is the service's way to disable it.
     *
     * @throws IllegalArgumentException if there is no such secret
     */
    public synchronized void scheduleDeletion(String name) {
        Secret secret = secrets.get(name);
        if (secret == null) {
            throw new IllegalArgumentException("there is no secret " + name);
        }
        secret.markedForDeletion = true;
    }

    /** Refuses to read a secret from now on, as for callers that lack the permission. */
    public synchronized void deny(String name) {
        denied.add(name);
    }

    /**
     * Fails that many next calls.
     *
     * @param status the HTTP status, such as 400
     * @param code the service's error code, such as {@code ThrottlingException}
     */
    public synchronized void failNext(int calls, int status, String code) {
        for (int i = 0; i < calls; i++) {
            failures.add(new Failure(status, code));
        }
    }

    /** Changes the JSON of all answers from now on, for answers that a client must not trust. */
    public synchronized void changeAnswers(Consumer<JsonObject> by) {
        change = by;
    }

    /** {@return the bodies of the requests, oldest first} */
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
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status = 200;
            JsonObject answer;
            try {
                answer = answer(exchange, body);
            } catch (Failure failure) {
                status = failure.status;
                answer = failure.body();
            }
            byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized JsonObject answer(HttpExchange exchange, String body) throws Failure {
        requests.add(body);
        Failure failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        String signed = exchange.getRequestHeaders().getFirst("Authorization");
        if (signed == null || !signed.contains("Credential=" + accessKeyId + "/")) {
            throw new Failure(400, "UnrecognizedClientException");
        }
        if (!"secretsmanager.GetSecretValue".equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))) {
            throw new Failure(400, "UnknownOperationException");
        }
        JsonObject request = JsonParser.parseString(body).getAsJsonObject();
        String id = request.get("SecretId").getAsString();
        if (denied.contains(id)) {
            throw new Failure(400, "AccessDeniedException");
        }
        Secret secret = secrets.get(id);
        if (secret == null) {
            throw new Failure(400, "ResourceNotFoundException");
        }
        if (secret.markedForDeletion) {
            throw new Failure(400, "InvalidRequestException");
        }
        String stage = request.has("VersionStage") ? request.get("VersionStage").getAsString() : "AWSCURRENT";
        JsonObject answer = secret.answer(id, stage);
        change.accept(answer);
        return answer;
    }

    private record Version(
            String id, @Nullable String text, @Nullable String binary) {

        /** Without the value. */
        @Override
        public String toString() {
            return "Version[" + id + "]";
        }
    }

    private static final class Secret {

        private static final List<String> STAGES = List.of("AWSCURRENT", "AWSPREVIOUS");

        private final String arn;
        private final List<Version> versions = new ArrayList<>();
        private boolean markedForDeletion;

        Secret(String arn) {
            this.arn = arn;
        }

        JsonObject answer(String name, String stage) throws Failure {
            int at = STAGES.indexOf(stage);
            if (at < 0 || at >= versions.size()) {
                throw new Failure(400, "ResourceNotFoundException");
            }
            Version version = versions.get(at);
            JsonObject answer = new JsonObject();
            answer.addProperty("ARN", arn);
            answer.addProperty("Name", name);
            answer.addProperty("VersionId", version.id());
            if (version.text() != null) {
                answer.addProperty("SecretString", version.text());
            } else {
                answer.addProperty("SecretBinary", version.binary());
            }
            JsonArray stages = new JsonArray();
            stages.add(stage);
            answer.add("VersionStages", stages);
            answer.addProperty("CreatedDate", 1_700_000_000.123);
            return answer;
        }
    }

    private static final class Failure extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;

        Failure(int status, String code) {
            super(code);
            this.status = status;
            this.code = code;
        }

        JsonObject body() {
            JsonObject body = new JsonObject();
            body.addProperty("__type", code);
            body.addProperty("Message", "The emulator answers " + code + ".");
            return body;
        }
    }
}
