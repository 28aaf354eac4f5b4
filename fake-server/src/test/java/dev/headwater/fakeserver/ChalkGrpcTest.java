package dev.headwater.fakeserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.headwater.fakeserver.internal.chalk.wire.InsertIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.InsertIntegrationResponse;
import dev.headwater.spi.SourceSystem;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("Chalk over gRPC")
@ExtendWith(FakeServerExtension.class)
class ChalkGrpcTest {

    private static final String SECRET = "planted-secret";
    private static final String INTEGRATIONS = "chalk.server.v1.IntegrationsService";

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

    private ManagedChannel channel;

    @BeforeEach
    void connect(FakeServer server) {
        Metadata headers = new Metadata();
        headers.put(key("authorization"), "Bearer " + server.token(SourceSystem.CHALK));
        headers.put(key("x-chalk-env-id"), FakeServer.DEFAULT_SCOPE);
        channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1", server.chalk().grpcUrl().getPort())
                .usePlaintext()
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private byte[] call(String service, String method, byte[] message) {
        MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, method))
                .setRequestMarshaller(BYTES)
                .setResponseMarshaller(BYTES)
                .build();
        return ClientCalls.blockingUnaryCall(
                channel, descriptor, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), message);
    }

    @Test
    @DisplayName("says INVALID_ARGUMENT to what is no such message, does not repeat it, and goes on")
    void broken() {
        byte[] noText = {10, 2, (byte) 0xc3, 0x28};
        for (byte[] message : List.of(
                SECRET.getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xff}, new byte[] {10, 100, 1}, noText)) {
            Status status = ChalkClient.failure(() -> call(INTEGRATIONS, "InsertIntegration", message));
            assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(status.getDescription()).isNotBlank().doesNotContain(SECRET, "Exception");
        }
        assertThat(call(INTEGRATIONS, "ListIntegrations", new byte[0])).isEmpty();
    }

    @Test
    @DisplayName("says UNIMPLEMENTED to methods and services that it does not have")
    void unknown() {
        for (String method : List.of("NoSuchMethod", "listIntegrations", "a\u0001b/../c")) {
            assertThat(ChalkClient.failure(() -> call(INTEGRATIONS, method, new byte[0]))
                            .getCode())
                    .isEqualTo(Status.Code.UNIMPLEMENTED);
        }
        assertThat(ChalkClient.failure(() -> call("chalk.server.v1.TeamService", "GetTeam", new byte[0]))
                        .getCode())
                .isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    @DisplayName("skips fields that it does not know")
    void unknownFields() throws Exception {
        byte[] message = InsertIntegrationRequest.newBuilder()
                .setName("orders")
                .setIntegrationKind(ChalkClient.kind("MYSQL"))
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                4711,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFromUtf8(SECRET))
                                        .build())
                        .build())
                .build()
                .toByteArray();
        assertThat(InsertIntegrationResponse.parseFrom(call(INTEGRATIONS, "InsertIntegration", message))
                        .getIntegration()
                        .getName())
                .isEqualTo("orders");
    }
}
