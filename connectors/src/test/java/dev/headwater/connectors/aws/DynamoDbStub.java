package dev.headwater.connectors.aws;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** A stub of DynamoDB without tables, for what DynamoDB Local does not do: refuse keys. */
final class DynamoDbStub extends AwsStub {

    @Override
    JsonObject answer(String operation, JsonObject request) {
        JsonObject json = new JsonObject();
        json.add("TableNames", new JsonArray());
        return json;
    }
}
