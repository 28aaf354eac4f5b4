package dev.headwater.testkit;

import com.google.cloud.secretmanager.v1.AccessSecretVersionRequest;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.SecretManagerServiceGrpc.SecretManagerServiceImplBase;
import com.google.cloud.secretmanager.v1.SecretPayload;
import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Base64;

/**
 * The secrets of a {@link GcpSecretManagerEmulator} over gRPC, as far as reading them goes, for clients that do not speak
 * REST. It is a service: put it on a server of yours, with the transport that you have. Needs {@code
 * com.google.api.grpc:grpc-google-cloud-secretmanager-v1}.
 *
 * <pre>{@code
 * var server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
 *         .addService(new GcpSecretManagerGrpcService(emulator))
 *         .build()
 *         .start();
 * }</pre>
 *
 * <p>Calls may come in on many threads at once.
 */
public final class GcpSecretManagerGrpcService extends SecretManagerServiceImplBase {

    private final GcpSecretManagerEmulator secrets;

    /** @param secrets what is served; the emulator's own port stays open as well */
    public GcpSecretManagerGrpcService(GcpSecretManagerEmulator secrets) {
        this.secrets = secrets;
    }

    @Override
    public void accessSecretVersion(
            AccessSecretVersionRequest request, StreamObserver<AccessSecretVersionResponse> observer) {
        AccessSecretVersionResponse response;
        try {
            response = response(secrets.accessVersion(request.getName()));
        } catch (GcpSecretManagerEmulator.Failure e) {
            observer.onError(Status.fromCode(Status.Code.valueOf(e.status()))
                    .withDescription(e.getMessage())
                    .asException());
            return;
        }
        observer.onNext(response);
        observer.onCompleted();
    }

    private static AccessSecretVersionResponse response(JsonObject answer) {
        JsonObject payload = answer.getAsJsonObject("payload");
        SecretPayload.Builder data = SecretPayload.newBuilder()
                .setData(ByteString.copyFrom(
                        Base64.getDecoder().decode(payload.get("data").getAsString())));
        if (payload.has("dataCrc32c")) {
            data.setDataCrc32C(payload.get("dataCrc32c").getAsLong());
        }
        return AccessSecretVersionResponse.newBuilder()
                .setName(answer.get("name").getAsString())
                .setPayload(data)
                .build();
    }
}
