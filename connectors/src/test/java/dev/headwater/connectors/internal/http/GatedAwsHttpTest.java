package dev.headwater.connectors.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.headwater.connectors.internal.net.DestinationRefusedException;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

@DisplayName("An AWS client over the connectors' HTTP")
class GatedAwsHttpTest {

    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getRawPath();
            if (exchange.getRequestMethod().equals("PUT")) {
                objects.put(path, exchange.getRequestBody().readAllBytes());
                exchange.sendResponseHeaders(200, -1);
            } else if (objects.containsKey(path)) {
                byte[] object = objects.get(path);
                exchange.sendResponseHeaders(200, object.length);
                exchange.getResponseBody().write(object);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private S3Client s3(GatedAwsHttp http) {
        return S3Client.builder()
                .httpClient(http)
                .endpointOverride(
                        URI.create("http://localhost:" + server.getAddress().getPort()))
                .region(Region.EU_WEST_1)
                .forcePathStyle(true)
                .serviceConfiguration(settings -> settings.chunkedEncodingEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "x")))
                .build();
    }

    private static GatedAwsHttp http(NetworkPolicy policy) {
        return GatedAwsHttp.open(new ConnectionTarget(
                "s3", ResolvedConfig.of(Map.of()), policy, Duration.ofSeconds(20), new Cancellation()));
    }

    @Test
    @DisplayName("sends and gets bytes as they are, under names that need encoding")
    void bytes() {
        byte[] bytes = {0, 1, 2, (byte) 0xff};
        String key = "a b/ü+%2F'[x]|~!*().txt";
        try (GatedAwsHttp http = http((host, address, port) -> true);
                S3Client s3 = s3(http)) {
            s3.putObject(request -> request.bucket("bucket").key(key), RequestBody.fromBytes(bytes));
            assertThat(s3.getObjectAsBytes(request -> request.bucket("bucket").key(key))
                            .asByteArray())
                    .isEqualTo(bytes);
            assertThat(objects.values()).containsExactly(bytes);
        }
    }

    @Test
    @DisplayName("does not sign one path and send another")
    void dots() {
        try (GatedAwsHttp http = http((host, address, port) -> true);
                S3Client s3 = s3(http)) {
            assertThatThrownBy(() -> s3.getObjectAsBytes(
                            request -> request.bucket("bucket").key("../other/key")))
                    .isInstanceOf(ConnectorException.class);
        }
    }

    @Test
    @DisplayName("goes nowhere where the policy does not allow it")
    void refused() {
        try (GatedAwsHttp http = http((host, address, port) -> false);
                S3Client s3 = s3(http)) {
            assertThatThrownBy(() -> s3.getObjectAsBytes(
                            request -> request.bucket("bucket").key("key")))
                    .hasRootCauseInstanceOf(DestinationRefusedException.class);
        }
    }
}
