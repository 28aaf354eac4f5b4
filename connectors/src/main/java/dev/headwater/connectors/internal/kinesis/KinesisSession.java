package dev.headwater.connectors.internal.kinesis;

import dev.headwater.connectors.internal.aws.AwsSession;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.PreviewMessage;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/** A login to one stream, which was there when it began. */
final class KinesisSession extends AwsSession {

    private static final int PAGE = 100;

    /** Of how many shards a preview shows records. Those that were split or merged may hold none any more. */
    private static final int PREVIEWED_SHARDS = 4;

    private static final int MOST_SHARDS = 20;

    /** How often a preview looks into a shard: an answer may be empty though there is more. */
    private static final int PREVIEW_READS = 5;

    /** What a consumer gets of each record; what the data holds is known to those who write it only. */
    private static final List<ColumnSchema> COLUMNS = List.of(
            new ColumnSchema("data", "blob", CanonicalType.BINARY, false, null),
            new ColumnSchema("partitionKey", "string", CanonicalType.TEXT, false, null),
            new ColumnSchema("sequenceNumber", "string", CanonicalType.TEXT, false, null),
            new ColumnSchema("shardId", "string", CanonicalType.TEXT, false, null),
            new ColumnSchema(
                    "approximateArrivalTimestamp", "timestamp", CanonicalType.TIMESTAMP_WITH_ZONE, true, null));

    private final KinesisClient client;
    private final StreamName stream;

    KinesisSession(KinesisClient client, ConnectionTarget target, Runnable close) {
        super(target, close);
        this.client = client;
        this.stream = StreamName.of(target.config());
    }

    KinesisSession loggedIn() {
        StreamDescriptionSummary unused = describe();
        return this;
    }

    private StreamDescriptionSummary describe() {
        return ask(
                        "describe the stream " + stream.name(),
                        () -> client.describeStreamSummary(request ->
                                request.streamName(stream.nameIfNoArn()).streamARN(stream.arn())))
                .streamDescriptionSummary();
    }

    @Override
    public String probe() {
        StreamDescriptionSummary summary = describe();
        return "Amazon Kinesis, stream " + stream.name() + ", " + summary.streamStatusAsString();
    }

    /** The stream of the config first; the others of the account as far as they may be listed. */
    @Override
    public TableList readTables(int maxTables, IntConsumer progress) {
        positive(maxTables);
        List<TableSchema> tables = new ArrayList<>();
        int shards = describe().openShardCount();
        tables.add(table(stream.name(), shards + (shards == 1 ? " open shard" : " open shards")));
        String after = null;
        do {
            ListStreamsResponse page = list(after);
            for (String name : page == null ? List.<String>of() : page.streamNames()) {
                if (name.equals(stream.name())) {
                    continue;
                }
                if (tables.size() == maxTables) {
                    progress.accept(tables.size());
                    return new TableList(tables, true);
                }
                tables.add(table(name, null));
            }
            progress.accept(tables.size());
            after = page == null || !page.hasMoreStreams() || page.streamNames().isEmpty()
                    ? null
                    : page.streamNames().get(page.streamNames().size() - 1);
        } while (after != null);
        return new TableList(tables, false);
    }

    /** By the last name rather than by a token, which compatible services do not give. */
    private @Nullable ListStreamsResponse list(@Nullable String after) {
        try {
            return ask(
                    "list the streams",
                    () -> client.listStreams(request -> request.limit(PAGE).exclusiveStartStreamName(after)));
        } catch (ConnectorException e) {
            if (e.failure() != FailureCode.PERMISSION_DENIED) {
                throw e;
            }
            return null;
        }
    }

    private static TableSchema table(String name, @Nullable String comment) {
        return new TableSchema(
                null, null, name, TableType.STREAM, comment, COLUMNS, List.of("shardId", "sequenceNumber"));
    }

    /** From the oldest record that each shard keeps. Kinesis has no way to step back from the end. */
    @Override
    public List<PreviewMessage> preview(int maxMessages) {
        positive(maxMessages);
        List<PreviewMessage> messages = new ArrayList<>();
        ListShardsResponse shards = ask(
                "list the shards of " + stream.name(),
                () -> client.listShards(
                        request -> request.streamName(stream.nameIfNoArn()).streamARN(stream.arn())));
        int bytes = 0;
        int previewed = 0;
        for (Shard shard : shards.shards().stream().limit(MOST_SHARDS).toList()) {
            List<PreviewMessage> held = preview(shard.shardId(), maxMessages);
            for (PreviewMessage message : held) {
                if (bytes + message.size() <= MAX_PREVIEW_BYTES) {
                    bytes += message.size();
                    messages.add(message);
                }
            }
            if (!held.isEmpty() && ++previewed == PREVIEWED_SHARDS) {
                break;
            }
        }
        messages.sort(Comparator.comparing(message -> message.timestamp().orElse(Instant.EPOCH)));
        return List.copyOf(messages.subList(0, Math.min(maxMessages, messages.size())));
    }

    private List<PreviewMessage> preview(String shard, int maxMessages) {
        String iterator = ask(
                        "read from the shard " + shard,
                        () -> client.getShardIterator(request -> request.streamName(stream.nameIfNoArn())
                                .streamARN(stream.arn())
                                .shardId(shard)
                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON)))
                .shardIterator();
        List<PreviewMessage> messages = new ArrayList<>();
        for (int i = 0; i < PREVIEW_READS && iterator != null && messages.isEmpty(); i++) {
            String at = iterator;
            GetRecordsResponse read = ask(
                    "read from the shard " + shard,
                    () -> client.getRecords(request -> request.shardIterator(at).limit(maxMessages)));
            read.records().forEach(record -> messages.add(message(shard, record)));
            boolean atEnd = Long.valueOf(0).equals(read.millisBehindLatest());
            iterator = atEnd ? null : read.nextShardIterator();
        }
        return messages;
    }

    private PreviewMessage message(String shard, Record record) {
        return new PreviewMessage(
                stream.name(),
                shard,
                record.sequenceNumber(),
                record.partitionKey().getBytes(StandardCharsets.UTF_8),
                record.data().asByteArray(),
                record.approximateArrivalTimestamp());
    }
}
