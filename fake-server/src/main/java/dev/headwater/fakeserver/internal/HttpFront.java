package dev.headwater.fakeserver.internal;

import com.google.gson.JsonObject;
import dev.headwater.fakeserver.RecordedRequest;
import dev.headwater.fakeserver.internal.FaceProblem.Reason;
import dev.headwater.spi.SourceSystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.io.HttpServerRequestHandler.ResponseTrigger;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 on one port of the loopback interface: reads requests whole and hands them to the faces. */
public final class HttpFront implements AutoCloseable {

    /** The most bytes of a body that are read. */
    public static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

    private static final byte[] NOTHING = new byte[0];

    /** A larger body is read to its end, so that the client hears why, up to this many bytes. */
    private static final long MAX_DRAINED_BYTES = 256L * 1024 * 1024;

    private final HttpListener listener;
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
        listener = new HttpListener(port, this::serve, new ResponseHead(world.clock()));
    }

    public int port() {
        return listener.port();
    }

    private void serve(ClassicHttpRequest received, ResponseTrigger trigger, HttpContext context)
            throws IOException, HttpException {
        HttpEntity entity = received.getEntity();
        byte[] body = entity == null || entity.getContentLength() == 0 ? NOTHING : read(entity);
        FakeRequest request = request(received, body == null ? NOTHING : body);
        long begin = System.nanoTime();
        Face face = face(request);
        Received call = received(face, request);
        Fault fault = controls.enter(call);
        if (fault instanceof Fault.Delay delay) {
            controls.hold(delay.duration());
        }
        if (fault instanceof Fault.Stall) {
            controls.hold(null);
        }
        if (fault instanceof Fault.Stall || fault instanceof Fault.Drop) {
            answered.answered(call, "connection closed", since(begin));
            throw new ConnectionClosedException("a test wants it so");
        }
        FakeResponse response = response(face, request, body == null, fault);
        answered.answered(call, Integer.toString(response.status()), since(begin));
        trigger.submitResponse(sent(response));
    }

    private @Nullable Face face(FakeRequest request) {
        for (Face face : faces) {
            if (face.takes(request)) {
                return face;
            }
        }
        return null;
    }

    private Received received(@Nullable Face face, FakeRequest request) {
        Instant now = world.now();
        SourceSystem system = face == null ? null : face.system();
        String operation = face == null ? "unknown" : face.operation(request);
        return new Received(
                system,
                operation,
                request.body().length,
                () -> new RecordedRequest(
                        now,
                        system,
                        operation,
                        face == null ? "HTTP" : face.protocol(request),
                        request.method(),
                        request.path(),
                        request.query(),
                        request.headers(),
                        face == null ? request.text() : face.readable(request)));
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
            ServerLog.LOG.warn("{} failed: {} at {}", request, e.getClass().getName(), where(e));
            return face.error(request, FaceProblem.of(Reason.INTERNAL, "the fake server failed"));
        }
    }

    private static String where(Throwable e) {
        return e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0].toString();
    }

    private static ClassicHttpResponse sent(FakeResponse response) {
        BasicClassicHttpResponse sent = new BasicClassicHttpResponse(response.status());
        response.headers().forEach((name, values) -> values.forEach(value -> sent.addHeader(name, value)));
        if (response.body().length > 0) {
            sent.setEntity(new ByteArrayEntity(response.body(), null));
        }
        return sent;
    }

    /** {@return the body; null if it is too large} */
    private static byte @Nullable [] read(HttpEntity entity) throws IOException {
        InputStream in = entity.getContent();
        long length = entity.getContentLength();
        boolean fits = length >= 0 && length <= MAX_BODY_BYTES;
        // no more is asked for than there is, since as much is allocated
        byte[] body = in.readNBytes(fits ? (int) length : MAX_BODY_BYTES + 1);
        if (body.length <= MAX_BODY_BYTES) {
            return body;
        }
        byte[] rest = new byte[65_536];
        long drained = 0;
        for (int n = in.read(rest); n >= 0 && drained < MAX_DRAINED_BYTES; n = in.read(rest)) {
            drained += n;
        }
        if (drained >= MAX_DRAINED_BYTES) {
            throw new ConnectionClosedException("a body without end");
        }
        return null;
    }

    private static FakeRequest request(ClassicHttpRequest received, byte[] body) throws ProtocolException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : received.getHeaders()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            List<String> values = headers.putIfAbsent(name, List.of(header.getValue()));
            if (values != null) {
                List<String> more = new ArrayList<>(values);
                more.add(header.getValue());
                headers.put(name, List.copyOf(more));
            }
        }
        if (!headers.containsKey("host") && received.getVersion().greaterEquals(HttpVersion.HTTP_1_1)) {
            throw new ProtocolException("the Host header is missing");
        }
        URI target;
        try {
            target = new URI(received.getRequestUri());
        } catch (URISyntaxException e) {
            throw new ProtocolException("the request target is no URI");
        }
        String path = target.getPath();
        return new FakeRequest(
                received.getMethod().toUpperCase(Locale.ROOT),
                path == null ? "" : path,
                query(target.getRawQuery()),
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
        listener.close();
    }
}
