package dev.headwater.testkit;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Context;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.headwater.testkit.internal.LoopbackTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One Azure key vault in memory, over HTTPS on a free port of the loopback interface with a certificate of its own, as far
 * as reading secrets goes. It answers as the service does: first with a challenge that names who issues tokens, then with
 * the newest version, whatever the case of the name.
 *
 * <pre>{@code
 * try (var emulator = AzureKeyVaultEmulator.start("https://myvault.vault.azure.net")) {
 *     emulator.set("db-password", "correct horse");
 *     var store = AzureKeyVaultStore.builder("https://myvault.vault.azure.net")
 *             .credential(emulator.credential())
 *             .httpClient(emulator.httpClient())
 *             .build();
 * }
 * }</pre>
 *
 * <p>All methods may be called by many threads at once. A test that uses it needs {@code
 * com.azure:azure-core-http-jdk-httpclient}, which the testkit does not bring along.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret">the service's reference</a>
 */
public final class AzureKeyVaultEmulator implements AutoCloseable {

    private static final Pattern SECRET = Pattern.compile("/secrets/([0-9A-Za-z-]{1,127})(?:/([0-9A-Za-z]*))?");

    private final String url;
    private final String token = "emulated-" + UUID.randomUUID();
    private final HttpsServer server;
    private final Map<String, List<Version>> secrets = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> denied = new HashSet<>();
    private final Deque<Failure> failures = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private Consumer<JsonObject> change = answer -> {};

    private AzureKeyVaultEmulator(String url) throws IOException {
        this.url = url;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(LoopbackTls.server()));
        server.createContext("/", this::serve);
        server.start();
    }

    /**
     * Starts an empty vault.
     *
     * @param url the vault's URL, such as {@code https://myvault.vault.azure.net}; nothing is looked up
     * @throws UncheckedIOException if no port is free, or the JDK has no {@code keytool}
     */
    public static AzureKeyVaultEmulator start(String url) {
        try {
            return new AzureKeyVaultEmulator(url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a client that sends every request here, whatever host it is for} */
    public HttpClient httpClient() {
        HttpClient loopback = new JdkHttpClientBuilder(
                        java.net.http.HttpClient.newBuilder().sslContext(LoopbackTls.client()))
                .connectionTimeout(Duration.ofSeconds(5))
                .responseTimeout(Duration.ofSeconds(5))
                .build();
        int port = server.getAddress().getPort();
        return new Redirected(loopback, "https://127.0.0.1:" + port);
    }

    /** {@return a credential whose tokens this vault takes} */
    public TokenCredential credential() {
        return request -> Mono.fromSupplier(
                () -> new AccessToken(token, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
    }

    /** Sets a secret: adds a version, and the secret if it is new. */
    public synchronized void set(String name, String value) {
        String version = UUID.randomUUID().toString().replace("-", "");
        secrets.computeIfAbsent(name, any -> new ArrayList<>())
                .add(new Version(url + "/secrets/" + name + "/" + version, version, value, true));
    }

    /**
     * Disables the newest version.
     *
     * @throws IllegalArgumentException if there is no such secret
     */
    public synchronized void disable(String name) {
        List<Version> versions = secrets.get(name);
        if (versions == null) {
            throw new IllegalArgumentException("there is no secret " + name);
        }
        int last = versions.size() - 1;
        versions.set(last, versions.get(last).disabled());
    }

    /** Deletes a secret with all of its versions. */
    public synchronized void delete(String name) {
        secrets.remove(name);
    }

    /** Refuses to read a secret from now on, as for callers that lack the permission. */
    public synchronized void deny(String name) {
        denied.add(name);
    }

    /** Reads a secret again that was denied. */
    public synchronized void allow(String name) {
        denied.remove(name);
    }

    /**
     * Fails that many next calls, after the challenge.
     *
     * @param status the HTTP status, such as 429
     * @param code the name that the service gives it, such as {@code Throttled}
     */
    public synchronized void failNext(int calls, int status, String code) {
        for (int i = 0; i < calls; i++) {
            failures.add(new Failure(status, code, null));
        }
    }

    /** Changes the JSON of all answers from now on, for answers that a client must not trust. */
    public synchronized void changeAnswers(Consumer<JsonObject> by) {
        change = by;
    }

    /** {@return the paths that were asked for with a valid token, oldest first} */
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
            int status = 200;
            JsonObject body;
            try {
                body = answer(exchange);
            } catch (Failure failure) {
                status = failure.status;
                body = failure.body();
                if (status == 429 || status == 503) {
                    exchange.getResponseHeaders().set("Retry-After", "600");
                }
                if (status == 401) {
                    exchange.getResponseHeaders().set("WWW-Authenticate", challenge());
                }
            }
            byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** The resource is the cloud that the vault lies in, which is its host without the vault's own name. */
    private String challenge() {
        String host = URI.create(url).getHost();
        return "Bearer authorization=\"https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000\","
                + " resource=\"https://" + host.substring(host.indexOf('.') + 1) + "\"";
    }

    private synchronized JsonObject answer(HttpExchange exchange) throws Failure {
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            throw new Failure(401, "Unauthorized", null);
        }
        String path = exchange.getRequestURI().getPath();
        requests.add(path);
        Failure failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        Matcher asked = SECRET.matcher(path);
        if (!exchange.getRequestMethod().equals("GET") || !asked.matches()) {
            throw new Failure(404, "NotFound", null);
        }
        if (denied.contains(asked.group(1))) {
            throw new Failure(403, "Forbidden", "ForbiddenByRbac");
        }
        List<Version> versions = secrets.getOrDefault(asked.group(1), List.of());
        JsonObject answer = "versions".equals(asked.group(2)) ? list(versions) : secret(versions, asked.group(2));
        change.accept(answer);
        return answer;
    }

    private static JsonObject secret(List<Version> versions, @Nullable String asked) throws Failure {
        Version found = null;
        for (Version version : versions) {
            if (asked == null || asked.isEmpty() || version.version().equals(asked)) {
                found = version;
            }
        }
        if (found == null) {
            throw new Failure(404, "SecretNotFound", null);
        }
        if (!found.enabled()) {
            throw new Failure(403, "Forbidden", "SecretDisabled");
        }
        JsonObject answer = found.item();
        answer.addProperty("value", found.value());
        return answer;
    }

    private static JsonObject list(List<Version> versions) {
        JsonArray items = new JsonArray();
        versions.forEach(version -> items.add(version.item()));
        JsonObject answer = new JsonObject();
        answer.add("value", items);
        return answer;
    }

    private record Version(String id, String version, String value, boolean enabled) {

        Version disabled() {
            return new Version(id, version, value, false);
        }

        JsonObject item() {
            JsonObject attributes = new JsonObject();
            attributes.addProperty("enabled", enabled);
            attributes.addProperty("recoveryLevel", "Recoverable+Purgeable");
            JsonObject item = new JsonObject();
            item.addProperty("id", id);
            item.add("attributes", attributes);
            return item;
        }

        /** Without the value. */
        @Override
        public String toString() {
            return "Version[" + id + ", enabled=" + enabled + "]";
        }
    }

    private static final class Failure extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;
        private final @Nullable String inner;

        Failure(int status, String code, @Nullable String inner) {
            super(code);
            this.status = status;
            this.code = code;
            this.inner = inner;
        }

        JsonObject body() {
            JsonObject error = new JsonObject();
            error.addProperty("code", code);
            error.addProperty("message", "The emulator answers " + code + ".");
            if (inner != null) {
                JsonObject innerError = new JsonObject();
                innerError.addProperty("code", inner);
                error.add("innererror", innerError);
            }
            JsonObject body = new JsonObject();
            body.add("error", error);
            return body;
        }
    }

    /** Changes the host of requests after the vendor's client has checked it against the challenge. */
    private record Redirected(HttpClient loopback, String origin) implements HttpClient {

        @Override
        public Mono<HttpResponse> send(HttpRequest request) {
            return loopback.send(here(request));
        }

        @Override
        public HttpResponse sendSync(HttpRequest request, Context context) {
            return loopback.sendSync(here(request), context);
        }

        private HttpRequest here(HttpRequest request) {
            URI asked = URI.create(request.getUrl().toString());
            return request.copy()
                    .setUrl(origin
                            + asked.getRawPath()
                            + (asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery()));
        }
    }
}
