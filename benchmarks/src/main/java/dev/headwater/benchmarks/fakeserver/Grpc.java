package dev.headwater.benchmarks.fakeserver;

import io.grpc.CallOptions;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** gRPC's bare servers with one method that answers with nothing, and a client of it. */
final class Grpc {

    static final String TOKEN = "any";

    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private static final MethodDescriptor<byte[], byte[]> LIST = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("chalk.server.v1.IntegrationsService/ListIntegrations")
            .setRequestMarshaller(BYTES)
            .setResponseMarshaller(BYTES)
            .build();

    private Grpc() {}

    /** gRPC's server on Netty with one method that answers with nothing. */
    static Server netty() throws IOException {
        return bare(NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create()));
    }

    /** gRPC's own server without Netty, likewise. */
    static Server okhttp() throws IOException {
        return bare(OkHttpServerBuilder.forPort(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create()));
    }

    private static Server bare(ServerBuilder<?> builder) throws IOException {
        return builder.addService(ServerServiceDefinition.builder("chalk.server.v1.IntegrationsService")
                        .addMethod(
                                LIST,
                                ServerCalls.asyncUnaryCall(
                                        (byte[] request, io.grpc.stub.StreamObserver<byte[]> answer) -> {
                                            answer.onNext(new byte[0]);
                                            answer.onCompleted();
                                        }))
                        .build())
                .build()
                .start();
    }

    /**
     * Asks for the list over gRPC, on a connection of its own.
     *
     * @return the size of the answer
     */
    static int list(int port, String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        headers.put(Metadata.Key.of("x-chalk-env-id", Metadata.ASCII_STRING_MARSHALLER), "test");
        ManagedChannel channel = OkHttpChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .build();
        try {
            return ClientCalls.blockingUnaryCall(channel, LIST, CallOptions.DEFAULT, new byte[0]).length;
        } finally {
            channel.shutdownNow();
        }
    }
}
