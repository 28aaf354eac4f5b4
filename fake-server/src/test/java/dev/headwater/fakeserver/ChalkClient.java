package dev.headwater.fakeserver;

import dev.headwater.fakeserver.internal.chalk.wire.AuthServiceGrpc;
import dev.headwater.fakeserver.internal.chalk.wire.EnvironmentSecretsServiceGrpc;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationResponse;
import dev.headwater.fakeserver.internal.chalk.wire.InsertIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.Integration;
import dev.headwater.fakeserver.internal.chalk.wire.IntegrationConfigValue;
import dev.headwater.fakeserver.internal.chalk.wire.IntegrationKind;
import dev.headwater.fakeserver.internal.chalk.wire.IntegrationsServiceGrpc;
import dev.headwater.fakeserver.internal.chalk.wire.ListIntegrationsRequest;
import dev.headwater.fakeserver.internal.chalk.wire.SecretWithValue;
import dev.headwater.fakeserver.internal.chalk.wire.UpdateIntegrationRequest;
import dev.headwater.spi.SourceSystem;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/** Calls Chalk's API over gRPC, with stubs that were generated from the server's description of it. */
final class ChalkClient implements AutoCloseable {

    private final ManagedChannel channel;
    private String token;
    private String environment;

    ChalkClient(FakeServer server) {
        channel = OkHttpChannelBuilder.forAddress(
                        "127.0.0.1", server.chalk().grpcUrl().getPort())
                .usePlaintext()
                .build();
        token = server.token(SourceSystem.CHALK);
        environment = FakeServer.DEFAULT_SCOPE;
    }

    ChalkClient token(String other) {
        token = other;
        return this;
    }

    ChalkClient environment(String other) {
        environment = other;
        return this;
    }

    private Metadata headers() {
        Metadata headers = new Metadata();
        if (token != null) {
            headers.put(key("authorization"), "Bearer " + token);
        }
        if (environment != null) {
            headers.put(key("x-chalk-env-id"), environment);
        }
        headers.put(key("x-chalk-server"), "go-api");
        return headers;
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    IntegrationsServiceGrpc.IntegrationsServiceBlockingStub integrations() {
        return IntegrationsServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers()));
    }

    EnvironmentSecretsServiceGrpc.EnvironmentSecretsServiceBlockingStub secrets() {
        return EnvironmentSecretsServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers()));
    }

    AuthServiceGrpc.AuthServiceBlockingStub auth() {
        return AuthServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    Integration insert(String kind, String name, Map<String, String> config) {
        return integrations()
                .insertIntegration(InsertIntegrationRequest.newBuilder()
                        .setName(name)
                        .setIntegrationKind(kind(kind))
                        .putAllConfig(literals(config))
                        .build())
                .getIntegration();
    }

    Integration update(String id, String name, Map<String, String> config) {
        return integrations()
                .updateIntegration(UpdateIntegrationRequest.newBuilder()
                        .setIntegrationId(id)
                        .setName(name)
                        .putAllConfig(literals(config))
                        .build())
                .getIntegration();
    }

    GetIntegrationResponse get(String id) {
        return integrations()
                .getIntegration(
                        GetIntegrationRequest.newBuilder().setIntegrationId(id).build());
    }

    /** The values that reading all at once shows. */
    Map<String, String> values(String id) {
        Map<String, String> values = new LinkedHashMap<>();
        for (SecretWithValue secret : get(id).getIntegrationWithSecrets().getSecretsList()) {
            values.put(secret.getName(), secret.getValue());
        }
        return values;
    }

    List<Integration> list() {
        return integrations()
                .listIntegrations(ListIntegrationsRequest.getDefaultInstance())
                .getIntegrationsList();
    }

    static IntegrationKind kind(String name) {
        return IntegrationKind.valueOf("INTEGRATION_KIND_" + name);
    }

    static Map<String, IntegrationConfigValue> literals(Map<String, String> config) {
        Map<String, IntegrationConfigValue> values = new LinkedHashMap<>();
        config.forEach((key, value) -> values.put(key, literal(value)));
        return values;
    }

    static IntegrationConfigValue literal(String value) {
        return IntegrationConfigValue.newBuilder().setLiteral(value).build();
    }

    static IntegrationConfigValue linked(String id) {
        return IntegrationConfigValue.newBuilder().setSecretId(id).build();
    }

    /** How a call that must fail fails. */
    static Status failure(Callable<?> call) {
        Throwable thrown = Assertions.catchThrowable(call::call);
        Assertions.assertThat(thrown).isInstanceOf(StatusRuntimeException.class);
        return ((StatusRuntimeException) thrown).getStatus();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
