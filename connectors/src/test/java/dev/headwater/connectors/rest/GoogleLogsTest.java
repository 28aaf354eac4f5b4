package dev.headwater.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import dev.headwater.connectors.TestLog;
import dev.headwater.connectors.rest.HttpStub.Asked;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Google's clients log to {@code java.util.logging}, and gRPC to slf4j too. */
@DisplayName("What the clients of Google log, however much that is,")
class GoogleLogsTest {

    private static final String FRAMES = "io.grpc.netty.shaded.io.grpc.netty.NettyClientHandler";

    private final StringBuffer seen = new StringBuffer();
    private final List<Logger> loggers = List.of(Logger.getLogger("com.google"), Logger.getLogger("okhttp3"));
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            seen.append(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @AfterEach
    void stopListening() {
        loggers.forEach(logger -> {
            logger.removeHandler(listener);
            logger.setLevel(null);
            logger.setUseParentHandlers(true);
        });
        Logger.getLogger(FRAMES).setLevel(null);
    }

    @Test
    @DisplayName("holds neither tokens, nor what they are given for, nor keys")
    void bigQuery() {
        BigQueryFixture fixture = new BigQueryFixture();
        loggers.forEach(logger -> {
            logger.setUseParentHandlers(false);
            logger.setLevel(Level.ALL);
            logger.addHandler(listener);
        });
        HttpStub http = BigQueryStub.get().google().http();
        http.forget();
        try (ConnectorClient made =
                fixture.connector().client(Connecting.target(fixture, Map.of()), new ClientSettings("bq", 1))) {
            BigQuery client = (BigQuery) made.client();
            assertThat(client.listDatasets().iterateAll()).hasSize(2);
            seen.append(Assertions.catchThrowable(() -> client.query(QueryJobConfiguration.of("select nonsense"))));
            seen.append(client.getOptions().getCredentials());
            Logger.getLogger("com.google.api.client.http.HttpTransport").config("it is heard");
        }
        List<String> assertions = http.asked().stream()
                .filter(asked -> asked.path().equals("/token"))
                .map(Asked::form)
                .map(form -> String.valueOf(form.get("assertion")))
                .toList();
        assertThat(assertions).isNotEmpty();
        assertThat(seen).contains("it is heard").doesNotContain(GoogleStub.TOKEN);
        assertThat(TestLog.contains(GoogleStub.TOKEN)).isFalse();
        for (String assertion : assertions) {
            String signature = assertion.substring(assertion.lastIndexOf('.') + 1);
            assertThat(seen).doesNotContain(signature);
            assertThat(TestLog.contains(signature)).isFalse();
        }
        String key = ((SecretValue) fixture.workingConfig().get("credentials_json")).reveal();
        assertThat(seen).doesNotContain(key.substring(key.indexOf("KEY-----") + 10, key.indexOf("KEY-----") + 60));
    }

    @Test
    @DisplayName("is not a token of Pub/Sub: while gRPC would log it, none is given out")
    void pubSub() throws IOException {
        PubSubFixture fixture = new PubSubFixture();
        Logger frames = Logger.getLogger(FRAMES);
        try (ConnectorClient made =
                fixture.connector().client(Connecting.target(fixture, Map.of()), new ClientSettings("ps", 1))) {
            var credentials = ((SubscriptionAdminClient) made.client())
                    .getSettings()
                    .getCredentialsProvider()
                    .getCredentials();
            assertThat(credentials.getRequestMetadata()).containsKey("Authorization");
            frames.setLevel(Level.FINE);
            Assertions.assertThatThrownBy(credentials::getRequestMetadata)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(FRAMES);
        }
        ConnectorException refused = Connecting.failure(() -> fixture.connector()
                .client(Connecting.target(fixture, Map.of()), new ClientSettings("ps", 1))
                .close());
        assertThat(refused.failure()).isEqualTo(FailureCode.FAILED);
        assertThat(refused.hint()).contains("io.grpc");
    }
}
