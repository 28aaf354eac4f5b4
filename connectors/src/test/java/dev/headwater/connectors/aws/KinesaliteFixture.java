package dev.headwater.connectors.aws;

import com.google.gson.JsonObject;
import dev.headwater.spi.SecretValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The streams of the stub, on kinesalite. That takes every key, so a stub stands in for wrong ones. */
final class KinesaliteFixture extends KinesisFixture {

    private static boolean filled;
    private static AwsStub refusing;

    private static synchronized void fill() {
        if (!filled) {
            KinesaliteServer.get().createStream("contract", 2);
            KinesaliteServer.get().createStream("other", 1);
            KinesaliteServer.get().put("contract", "0", "a", "lower");
            KinesaliteServer.get().put("contract", KinesaliteServer.middle(), "b", "upper");
            filled = true;
        }
    }

    @Override
    public Map<String, Object> workingConfig() {
        fill();
        return config("contract");
    }

    static Map<String, Object> config(String stream) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("region", "us-east-1");
        config.put("stream_name", stream);
        config.put("access_key_id", "any");
        config.put("secret_access_key", SecretValue.of("any-secret-access-key"));
        config.put("session_token", SecretValue.of("any-session-token"));
        config.put("endpoint_url", KinesaliteServer.get().endpoint());
        return config;
    }

    @Override
    public Optional<Map<String, Object>> wrongCredentials(String secret) {
        return Optional.of(Map.of(
                "endpoint_url", refusing().endpoint(),
                "access_key_id", AwsStub.KEY_ID,
                "secret_access_key", SecretValue.of(secret)));
    }

    /** {@return a stub that checks the key, and knows nothing else} */
    private static synchronized AwsStub refusing() {
        if (refusing == null) {
            refusing = new AwsStub() {
                @Override
                JsonObject answer(String operation, JsonObject request) throws Failure {
                    throw new Failure(400, "UnknownOperationException", operation);
                }
            };
        }
        return refusing;
    }
}
