package dev.headwater.connectors.aws;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * A stub of a service of AWS that speaks JSON by POST (protocols {@code awsJson1_0} and {@code awsJson1_1}): an answer for
 * each operation, and an error for whoever does not sign with the right key. It knows one access key.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html">the protocol</a>
 */
abstract class AwsStub implements AutoCloseable {

    static final String KEY_ID = "AKIAIOSFODNN7EXAMPLE";
    static final String SECRET = "stub-secret-access-key";
    static final String TOKEN = "stub-session-token";

    private static final String CBOR = "application/x-amz-cbor-1.1";

    private final HttpServer server;
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();
    private final List<String> operations = new CopyOnWriteArrayList<>();

    AwsStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "aws-stub");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::serve);
        server.start();
    }

    /** {@return what the service answers} */
    abstract JsonObject answer(String operation, JsonObject request) throws Failure;

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Lets an operation fail from now on. */
    void fail(String operation, int status, String code) {
        failures.put(operation, new Failure(status, code, "made to fail"));
    }

    void recover() {
        failures.clear();
    }

    /** {@return the operations that were asked for, oldest first} */
    List<String> operations() {
        return List.copyOf(operations);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String operation = target.substring(target.indexOf('.') + 1);
            operations.add(operation);
            int status = 200;
            JsonObject answer;
            try {
                checkSignature(exchange, body);
                Failure failure = failures.get(operation);
                if (failure != null) {
                    throw failure;
                }
                answer = answer(
                        operation,
                        JsonParser.parseString(new String(body, StandardCharsets.UTF_8))
                                .getAsJsonObject());
            } catch (Failure failure) {
                status = failure.status;
                answer = failure.json();
            }
            boolean cbor =
                    status != 200 && CBOR.equals(exchange.getRequestHeaders().getFirst("Content-Type"));
            byte[] bytes = cbor ? cbor(answer) : answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", cbor ? CBOR : "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** An error as who asks in CBOR expects it (RFC 8949): a map of texts, each of less than 256 bytes. */
    private static byte[] cbor(JsonObject error) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xa0 + error.size());
        error.entrySet()
                .forEach(entry -> List.of(entry.getKey(), entry.getValue().getAsString())
                        .forEach(text -> {
                            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                            out.write(0x78);
                            out.write(bytes.length);
                            out.writeBytes(bytes);
                        }));
        return out.toByteArray();
    }

    private static void checkSignature(HttpExchange exchange, byte[] body) throws Failure {
        var headers = exchange.getRequestHeaders();
        String keyId = SigV4.keyId(String.valueOf(headers.getFirst("Authorization")));
        if (!keyId.equals(KEY_ID)) {
            throw new Failure(
                    400, "UnrecognizedClientException", "The security token included in the request is invalid.");
        }
        if (!SigV4.isSigned(SECRET, exchange.getRequestURI(), name -> headers.getOrDefault(name, List.of()), body)) {
            throw new Failure(
                    400,
                    "InvalidSignatureException",
                    "The request signature we calculated does not match the signature you provided.");
        }
        String token = headers.getFirst("X-Amz-Security-Token");
        if (token != null && !token.equals(TOKEN)) {
            throw new Failure(400, "ExpiredTokenException", "The security token included in the request is expired");
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    static final class Failure extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;

        Failure(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }

        JsonObject json() {
            JsonObject json = new JsonObject();
            json.addProperty("__type", code);
            json.addProperty("message", getMessage());
            return json;
        }
    }
}
