package dev.headwater.connectors.aws;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.FixtureContract;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.PreviewMessage;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * On kinesalite, which splits shards and speaks CBOR, as the service does and {@link KinesisStub} does not. It checks no keys
 * and knows no ARNs: those are tried on the stub.
 *
 * <p>Not part of the build, since it needs Node: {@code .ci/run} runs it where {@code .ci/kinesalite} can bring the server,
 * whose directory is in the property {@code kinesalite.home}.
 */
@DisplayName("The Kinesis connector, on kinesalite,")
class KinesaliteServerIT extends FixtureContract {

    static {
        // Before the SDK is the first of this JVM to use TLS, which other tests set up.
        TestCertificates unused = TestCertificates.trusted();
    }

    private static final KinesaliteServer SERVER = KinesaliteServer.get();

    KinesaliteServerIT() {
        super(new KinesaliteFixture());
    }

    private static ConnectorSession open(String stream) {
        return Connectors.kinesis().open(target("kinesis", KinesaliteFixture.config(stream)));
    }

    private static String text(PreviewMessage message) {
        return new String(message.value().orElseThrow(), StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("says what there is, and what is not")
    void probes() {
        SERVER.createStream("probed", 3);
        try (ConnectorSession session = open("probed")) {
            assertThat(session.probe()).isEqualTo("Amazon Kinesis, stream probed, ACTIVE");
        }
        ConnectorException missing = failure(() -> open("not-there").close());
        assertThat(missing.failure()).isEqualTo(FailureCode.NO_SUCH_DATABASE);
        assertThat(missing).hasMessageContaining("not-there");
    }

    @Test
    @DisplayName("shows records of all shards in the order of their time, also of a shard that was split since")
    void split() {
        SERVER.createStream("split", 1);
        SERVER.put("split", "0", "k1", "before");
        SERVER.split("split", "shardId-000000000000");
        SERVER.put("split", KinesaliteServer.middle(), "k2", "upper");
        SERVER.put("split", "0", "k3", "lower");

        try (ConnectorSession session = open("split")) {
            List<PreviewMessage> messages = session.preview(10);
            assertThat(messages)
                    .extracting(
                            KinesaliteServerIT::text,
                            message -> new String(message.key().orElseThrow(), StandardCharsets.UTF_8),
                            message -> message.partition().orElseThrow())
                    .containsExactlyInAnyOrder(
                            tuple("before", "k1", "shardId-000000000000"),
                            tuple("upper", "k2", "shardId-000000000002"),
                            tuple("lower", "k3", "shardId-000000000001"));
            // In CBOR, kinesalite's times are of another unit than the service's.
            assertThat(messages)
                    .extracting(message -> message.timestamp().orElseThrow())
                    .isSorted();
            assertThat(session.preview(1)).extracting(KinesaliteServerIT::text).containsExactly("before");
            TableSchema stream = session.readTables(1, count -> {}).tables().get(0);
            assertThat(stream.comment()).isEqualTo("2 open shards");
        }
    }

    @Test
    @DisplayName("looks past shards that hold nothing")
    void emptyShards() {
        SERVER.createStream("wide", 8);
        SERVER.put("wide", KinesaliteServer.middle(), "k", "in the fifth");
        try (ConnectorSession session = open("wide")) {
            List<PreviewMessage> messages = session.preview(10);
            assertThat(messages).extracting(KinesaliteServerIT::text).containsExactly("in the fifth");
            assertThat(messages.get(0).partition()).hasValue("shardId-000000000004");
        }
    }

    @Test
    @DisplayName("lists all streams, also those of later pages")
    void pages() {
        for (int i = 0; i < 120; i++) {
            SERVER.createStream("page-" + i, 1);
        }
        try (ConnectorSession session = open("page-7")) {
            TableList list = session.readTables(1_000, count -> {});
            assertThat(list.truncated()).isFalse();
            assertThat(list.tables())
                    .extracting(TableSchema::name)
                    .startsWith("page-7")
                    .contains("page-0", "page-99", "page-119")
                    .doesNotHaveDuplicates();
            TableList some = session.readTables(110, count -> {});
            assertThat(some.truncated()).isTrue();
            assertThat(some.tables()).hasSize(110);
        }
    }
}
