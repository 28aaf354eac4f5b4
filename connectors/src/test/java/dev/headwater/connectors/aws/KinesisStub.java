package dev.headwater.connectors.aws;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stub of Amazon Kinesis: streams of two shards, with what was put into them. The service is asked in CBOR, the stub in
 * JSON: the SDK speaks either, whichever it used first in the JVM.
 */
final class KinesisStub extends AwsStub {

    static {
        System.setProperty("aws.cborEnabled", "false");
    }

    private static final String ACCOUNT = "123456789012";

    private record Stored(String key, String data, double at) {}

    private final Map<String, List<List<Stored>>> streams = new TreeMap<>();

    void createStream(String name) {
        streams.put(name, List.of(new ArrayList<>(), new ArrayList<>()));
    }

    void put(String stream, int shard, String key, byte[] data, double epochSeconds) {
        streams.get(stream).get(shard).add(new Stored(key, Base64.getEncoder().encodeToString(data), epochSeconds));
    }

    static String arn(String stream) {
        return "arn:aws:kinesis:us-east-1:" + ACCOUNT + ":stream/" + stream;
    }

    @Override
    JsonObject answer(String operation, JsonObject request) throws Failure {
        return switch (operation) {
            case "DescribeStreamSummary" -> describe(stream(request));
            case "ListStreams" -> listStreams(request);
            case "ListShards" -> listShards(stream(request));
            case "GetShardIterator" ->
                single(
                        "ShardIterator",
                        stream(request) + "/" + request.get("ShardId").getAsString() + "/0");
            case "GetRecords" -> getRecords(request);
            default -> throw new Failure(400, "UnknownOperationException", operation);
        };
    }

    private String stream(JsonObject request) throws Failure {
        String name = request.has("StreamARN")
                ? request.get("StreamARN").getAsString().replaceAll(".*/", "")
                : request.get("StreamName").getAsString();
        if (!streams.containsKey(name)) {
            throw new Failure(
                    400, "ResourceNotFoundException", "Stream " + name + " under account " + ACCOUNT + " not found.");
        }
        return name;
    }

    private static JsonObject single(String name, String value) {
        JsonObject json = new JsonObject();
        json.addProperty(name, value);
        return json;
    }

    private static JsonObject describe(String name) {
        JsonObject summary = new JsonObject();
        summary.addProperty("StreamName", name);
        summary.addProperty("StreamARN", arn(name));
        summary.addProperty("StreamStatus", "ACTIVE");
        summary.addProperty("RetentionPeriodHours", 24);
        summary.addProperty("StreamCreationTimestamp", 1_700_000_000);
        summary.add("EnhancedMonitoring", new JsonArray());
        summary.addProperty("OpenShardCount", 2);
        JsonObject json = new JsonObject();
        json.add("StreamDescriptionSummary", summary);
        return json;
    }

    /** Two at a time, so that there are pages. */
    private JsonObject listStreams(JsonObject request) {
        String after = request.has("ExclusiveStartStreamName")
                ? request.get("ExclusiveStartStreamName").getAsString()
                : "";
        List<String> left = streams.keySet().stream()
                .filter(name -> name.compareTo(after) > 0)
                .toList();
        JsonArray names = new JsonArray();
        left.stream().limit(2).forEach(names::add);
        JsonObject json = new JsonObject();
        json.add("StreamNames", names);
        json.addProperty("HasMoreStreams", left.size() > 2);
        return json;
    }

    private static JsonObject listShards(String name) {
        JsonArray shards = new JsonArray();
        for (int i = 0; i < 2; i++) {
            JsonObject shard = single("ShardId", "shardId-00000000000" + i);
            JsonObject range = single("StartingHashKey", "0");
            range.addProperty("EndingHashKey", "1");
            shard.add("HashKeyRange", range);
            shard.add("SequenceNumberRange", single("StartingSequenceNumber", "1"));
            shards.add(shard);
        }
        JsonObject json = new JsonObject();
        json.add("Shards", shards);
        return json;
    }

    /** The first answer of each shard is empty, as the service's may be. */
    private JsonObject getRecords(JsonObject request) {
        String[] iterator = request.get("ShardIterator").getAsString().split("/");
        int shard = Integer.parseInt(iterator[1].substring(iterator[1].length() - 1));
        boolean first = iterator[2].equals("0");
        JsonArray records = new JsonArray();
        List<Stored> stored = streams.get(iterator[0]).get(shard);
        for (int i = 0;
                !first && i < Math.min(stored.size(), request.get("Limit").getAsInt());
                i++) {
            JsonObject record = single("SequenceNumber", "4960" + shard + i);
            record.addProperty("PartitionKey", stored.get(i).key());
            record.addProperty("Data", stored.get(i).data());
            record.addProperty("ApproximateArrivalTimestamp", stored.get(i).at());
            records.add(record);
        }
        JsonObject json = new JsonObject();
        json.add("Records", records);
        json.addProperty("NextShardIterator", iterator[0] + "/" + iterator[1] + "/1");
        json.addProperty("MillisBehindLatest", first ? 1_000 : 0);
        return json;
    }
}
