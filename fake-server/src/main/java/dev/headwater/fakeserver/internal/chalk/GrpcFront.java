package dev.headwater.fakeserver.internal.chalk;

import com.google.protobuf.Message;
import dev.headwater.fakeserver.RecordedRequest;
import dev.headwater.fakeserver.internal.Answered;
import dev.headwater.fakeserver.internal.Controls;
import dev.headwater.fakeserver.internal.Fault;
import dev.headwater.fakeserver.internal.HttpFront;
import dev.headwater.fakeserver.internal.Received;
import dev.headwater.fakeserver.internal.Threads;
import dev.headwater.spi.SourceSystem;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chalk's API over gRPC, without TLS, on a port of the loopback interface. */
public final class GrpcFront implements AutoCloseable {

    private static final Context.Key<Metadata> HEADERS = Context.key("headers");
    private static final Context.Key<SocketAddress> CLIENT = Context.key("client");
    private static final Metadata.Key<String> RETRY_AFTER =
            Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);
    /** The transport says INTERNAL to what is larger than it reads; so it reads more, for the client to hear why. */
    private static final int MAX_READ_BYTES = 8 * HttpFront.MAX_BODY_BYTES;

    private final Chalk chalk;
    private final Controls controls;
    private final Answered answered;
    private final Server server;
    private final ExecutorService threads = Threads.forCalls();
    private final Connections connections = new Connections();

    /**
     * Starts to listen.
     *
     * @param port 0 for a free one
     * @throws UncheckedIOException if the port is taken
     */
    public GrpcFront(int port, Chalk chalk, Controls controls, Answered answered) {
        this.chalk = chalk;
        this.controls = controls;
        this.answered = answered;
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        OkHttpServerBuilder builder = OkHttpServerBuilder.forPort(address, InsecureServerCredentials.create())
                .executor(threads)
                .socketFactory(connections)
                .maxInboundMessageSize(MAX_READ_BYTES)
                .intercept(new HeadersInContext());
        builder.fallbackHandlerRegistry(new Methods());
        try {
            server = builder.build().start();
        } catch (IOException e) {
            threads.shutdownNow();
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** Methods that are made when they are first called: their messages take long to load. */
    private final class Methods extends HandlerRegistry {

        private final Map<String, ServerMethodDefinition<?, ?>> made = new ConcurrentHashMap<>();

        @Override
        public @Nullable ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
            ServerMethodDefinition<?, ?> known = made.get(name);
            if (known == null) {
                Rpc<?, ?> rpc = chalk.at("/" + name);
                if (rpc == null) {
                    return null;
                }
                known = method(rpc);
                made.put(name, known);
            }
            return known;
        }
    }

    private <Q extends Message, A extends Message> ServerMethodDefinition<Optional<Q>, A> method(Rpc<Q, A> rpc) {
        return ServerMethodDefinition.create(
                rpc.descriptor(), ServerCalls.asyncUnaryCall((request, observer) -> serve(rpc, request, observer)));
    }

    private <Q extends Message, A extends Message> void serve(
            Rpc<Q, A> rpc, Optional<Q> read, StreamObserver<A> observer) {
        long begin = System.nanoTime();
        Metadata headers = HEADERS.get();
        if (observer instanceof ServerCallStreamObserver<A> open) {
            open.setOnCancelHandler(() -> {}); // else what is answered to a client that went away is thrown back
        }
        Q request = read.orElse(rpc.request());
        Received call = received(rpc, request, headers);
        Status status = Status.OK;
        Metadata trailers = new Metadata();
        @Nullable A answer = null;
        Fault fault = controls.enter(call);
        try {
            if (fault instanceof Fault.Delay delay) {
                controls.hold(delay.duration());
            }
            if (fault instanceof Fault.Drop) {
                answered.answered(call, "connection closed", Duration.ofNanos(System.nanoTime() - begin));
                connections.cut(CLIENT.get());
                return;
            }
            if (read.isEmpty()) {
                throw ChalkException.invalid("the message is not a "
                        + rpc.request().getDescriptorForType().getName());
            }
            if (request.getSerializedSize() > HttpFront.MAX_BODY_BYTES) {
                throw new ChalkException(
                        Status.Code.RESOURCE_EXHAUSTED,
                        "the message is larger than " + HttpFront.MAX_BODY_BYTES + " bytes");
            }
            if (fault == null || fault instanceof Fault.Delay) {
                Call asked = new Call(
                        text(headers, "authorization"),
                        text(headers, "x-chalk-env-id"),
                        "http://127.0.0.1:" + server.getPort());
                answer = chalk.answer(rpc, asked, request);
            } else {
                status = failed(fault, trailers);
            }
        } catch (ChalkException e) {
            status = Status.fromCode(e.code()).withDescription(e.description());
        } catch (RuntimeException e) {
            Log.LOG.warn("{} failed: {}", rpc.name(), e.getClass().getName());
            status = Status.INTERNAL.withDescription("the fake server failed");
        }
        answered.answered(call, status.getCode().name(), Duration.ofNanos(System.nanoTime() - begin));
        if (answer == null) {
            observer.onError(status.asRuntimeException(trailers));
        } else {
            observer.onNext(answer);
            observer.onCompleted();
        }
    }

    private Status failed(Fault fault, Metadata trailers) {
        if (fault instanceof Fault.Fail fail) {
            return Status.fromCode(Codes.named(fail.code())).withDescription(fail.message());
        }
        if (fault instanceof Fault.Status bare) {
            return Status.fromCode(Codes.ofHttp(bare.status())).withDescription("HTTP status " + bare.status());
        }
        if (fault instanceof Fault.Limit limit) {
            long seconds = Math.max(1, limit.retryAfter().plusMillis(999).toSeconds());
            trailers.put(RETRY_AFTER, Long.toString(seconds));
            return Status.RESOURCE_EXHAUSTED.withDescription("Too many requests");
        }
        if (fault instanceof Fault.Stall) {
            controls.hold(null);
        }
        return Status.UNAVAILABLE.withDescription("the connection was lost");
    }

    private Received received(Rpc<?, ?> rpc, Message request, Metadata headers) {
        Map<String, List<String>> shown = new HashMap<>();
        for (String name : headers.keys()) {
            if (!name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
                String value = text(headers, name);
                shown.put(name, value == null ? List.of() : List.of(value));
            }
        }
        Instant now = chalk.world().now();
        return new Received(
                SourceSystem.CHALK,
                rpc.name(),
                request.getSerializedSize(),
                () -> new RecordedRequest(
                        now,
                        SourceSystem.CHALK,
                        rpc.name(),
                        "gRPC",
                        "POST",
                        rpc.path(),
                        Map.of(),
                        shown,
                        ProtoJson.write(request)));
    }

    private static @Nullable String text(Metadata headers, String name) {
        return headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }

    private static final class HeadersInContext implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            Context context = Context.current()
                    .withValue(HEADERS, headers)
                    .withValue(CLIENT, call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
            return Contexts.interceptCall(context, call, headers, next);
        }
    }

    /** Apart, since a log takes long to set up, and most servers need none. */
    private static final class Log {

        private static final Logger LOG = LoggerFactory.getLogger(GrpcFront.class);
    }

    /** Stops; calls under way have a moment to end. */
    @Override
    public void close() {
        server.shutdownNow();
        threads.shutdownNow();
        try {
            server.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
