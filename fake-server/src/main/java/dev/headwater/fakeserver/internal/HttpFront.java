package dev.headwater.fakeserver.internal;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.headwater.fakeserver.RecordedRequest;
import dev.headwater.fakeserver.internal.FaceProblem.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP/1.1 on one port of the loopback interface: reads requests whole and hands them to the faces. */
public final class HttpFront implements AutoCloseable {

    /** The most bytes of a body that are read. */
    public static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

    /** A larger body is read to its end, so that the client hears why, up to this many bytes. */
    private static final long MAX_DRAINED_BYTES = 256L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

    static {
        // read once by the JDK's server, when its first class is loaded; without it small answers wait for 40 ms
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final List<Face> faces;
    private final Controls controls;
    private final World world;
    private final Answered answered;

    /**
     * Starts to listen.
     *
     * @param port 0 for a free one
     * @throws UncheckedIOException if the port is taken
     */
    public HttpFront(int port, List<Face> faces, World world, Controls controls, Answered answered) {
        this.faces = List.copyOf(faces);
        this.world = world;
        this.controls = controls;
        this.answered = answered;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
        threads = Threads.forCalls();
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) {
        try (exchange) {
            byte[] body = read(exchange.getRequestBody());
            FakeRequest request = request(exchange, body == null ? new byte[0] : body);
            long begin = System.nanoTime();
            Face face = face(request);
            RecordedRequest recorded = recorded(face, request);
            Fault fault = controls.enter(recorded);
            if (fault instanceof Fault.Delay delay) {
                controls.hold(delay.duration());
            }
            if (fault instanceof Fault.Stall) {
                controls.hold(null);
            }
            if (fault instanceof Fault.Stall || fault instanceof Fault.Drop) {
                answered.answered(recorded, "connection closed", since(begin));
                return;
            }
            FakeResponse response = response(face, request, body == null, fault);
            answered.answered(recorded, Integer.toString(response.status()), since(begin));
            send(exchange, response);
        } catch (IOException e) {
            LOG.debug("a client went away: {}", e.getClass().getName());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.warn("the fake server failed: {}", e.getClass().getName());
        }
    }

    private @Nullable Face face(FakeRequest request) {
        for (Face face : faces) {
            if (face.takes(request)) {
                return face;
            }
        }
        return null;
    }

    private RecordedRequest recorded(@Nullable Face face, FakeRequest request) {
        return new RecordedRequest(
                world.now(),
                face == null ? null : face.system(),
                face == null ? "unknown" : face.operation(request),
                face == null ? "HTTP" : face.protocol(request),
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                face == null ? request.text() : face.readable(request));
    }

    private FakeResponse response(@Nullable Face face, FakeRequest request, boolean tooLarge, @Nullable Fault fault) {
        if (face == null) {
            JsonObject message = new JsonObject();
            message.addProperty("error", "no system has this path");
            return FakeResponse.json(404, message);
        }
        try {
            if (fault instanceof Fault.Fail fail) {
                return face.error(request, new FaceProblem(Reason.INJECTED, fail.code(), fail.message(), null));
            }
            if (fault instanceof Fault.Limit limit) {
                return face.error(
                        request, new FaceProblem(Reason.RATE_LIMITED, null, "Too many requests", limit.retryAfter()));
            }
            if (fault instanceof Fault.Status status) {
                return FakeResponse.of(status.status(), "text/plain", new byte[0]);
            }
            if (tooLarge) {
                return face.error(
                        request,
                        FaceProblem.of(Reason.BODY_TOO_LARGE, "the body is larger than " + MAX_BODY_BYTES + " bytes"));
            }
            return face.answer(request);
        } catch (FaceException e) {
            return face.error(request, e.problem());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.warn("{} failed: {} at {}", request, e.getClass().getName(), where(e));
            return face.error(request, FaceProblem.of(Reason.INTERNAL, "the fake server failed"));
        }
    }

    private static String where(Throwable e) {
        return e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0].toString();
    }

    private static void send(HttpExchange exchange, FakeResponse response) throws IOException {
        response.headers()
                .forEach((name, values) -> exchange.getResponseHeaders().put(name, new ArrayList<>(values)));
        byte[] body = response.body();
        boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), none ? -1 : body.length);
        if (!none) {
            exchange.getResponseBody().write(body);
        }
    }

    /** {@return the body; null if it is too large} */
    private static byte @Nullable [] read(InputStream in) throws IOException {
        byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
        if (body.length <= MAX_BODY_BYTES) {
            return body;
        }
        byte[] rest = new byte[65_536];
        long drained = 0;
        for (int n = in.read(rest); n >= 0 && drained < MAX_DRAINED_BYTES; n = in.read(rest)) {
            drained += n;
        }
        return null;
    }

    private static FakeRequest request(HttpExchange exchange, byte[] body) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        String path = exchange.getRequestURI().getPath();
        return new FakeRequest(
                exchange.getRequestMethod().toUpperCase(Locale.ROOT),
                path == null ? "" : path,
                query(exchange.getRequestURI().getRawQuery()),
                headers,
                body);
    }

    private static Map<String, List<String>> query(@Nullable String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                query.computeIfAbsent(name, any -> new ArrayList<>())
                        .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Stops at once; calls under way lose their connection. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
