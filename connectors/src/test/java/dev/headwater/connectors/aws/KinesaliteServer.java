package dev.headwater.connectors.aws;

import dev.headwater.connectors.Await;
import dev.headwater.connectors.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** kinesalite, an emulator of Amazon Kinesis, on Node and in memory; one for all tests of the JVM. It takes every key. */
final class KinesaliteServer {

    private static KinesaliteServer server;

    private final String endpoint;
    private final KinesisClient client;

    private KinesaliteServer() {
        Path script = Path.of(System.getProperty("kinesalite.home"), "server.js");
        endpoint = "http://127.0.0.1:" + ServerProcess.startProgram(List.of("node", script.toString()));
        client = KinesisClient.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    static synchronized KinesaliteServer get() {
        if (server == null) {
            server = new KinesaliteServer();
        }
        return server;
    }

    String endpoint() {
        return endpoint;
    }

    KinesisClient client() {
        return client;
    }

    void createStream(String name, int shards) {
        client.createStream(request -> request.streamName(name).shardCount(shards));
        awaitActive(name);
    }

    /** Splits a shard that covers all hash keys in the middle. */
    void split(String stream, String shard) {
        client.splitShard(
                request -> request.streamName(stream).shardToSplit(shard).newStartingHashKey(middle()));
        awaitActive(stream);
    }

    /** {@return the first hash key of the upper half} */
    static String middle() {
        return BigInteger.TWO.pow(127).toString();
    }

    private void awaitActive(String stream) {
        Await.until(() -> client.describeStreamSummary(request -> request.streamName(stream))
                        .streamDescriptionSummary()
                        .streamStatus()
                == StreamStatus.ACTIVE);
    }

    /**
     * Puts a record. What is put in CBOR, kinesalite gives back in a form of its own, so this is JSON.
     *
     * @param hashKey which decides on the shard
     */
    void put(String stream, String hashKey, String key, String data) {
        String record = """
                {"StreamName": "%s", "ExplicitHashKey": "%s", "PartitionKey": "%s", "Data": "%s"}
                """.formatted(
                stream, hashKey, key, Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8)));
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint))
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "Kinesis_20131202.PutRecord")
                .header("X-Amz-Date", "20260101T000000Z")
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=any, SignedHeaders=any, Signature=any")
                .POST(HttpRequest.BodyPublishers.ofString(record))
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
