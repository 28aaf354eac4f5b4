package dev.headwater.connectors.aws;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A stub of Amazon Athena's metadata: databases of one catalog, with tables in pages of one. */
final class AthenaStub extends AwsStub {

    private final Map<String, List<String>> databases = new TreeMap<>();
    private String workgroupState = "ENABLED";

    /** @param tables as JSON, as the API shows them */
    void createDatabase(String name, List<String> tables) {
        databases.put(name, tables);
    }

    void disableWorkgroup() {
        workgroupState = "DISABLED";
    }

    @Override
    JsonObject answer(String operation, JsonObject request) throws Failure {
        return switch (operation) {
            case "GetWorkGroup" -> workgroup(request.get("WorkGroup").getAsString());
            case "GetDatabase" -> json("{'Database':{'Name':'" + database(request) + "'}}");
            case "ListDatabases" -> listDatabases(request);
            case "ListTableMetadata" -> listTables(request);
            default -> throw new Failure(400, "UnknownOperationException", operation);
        };
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    }

    private JsonObject workgroup(String name) throws Failure {
        if (!name.equals("primary")) {
            throw new Failure(400, "InvalidRequestException", "WorkGroup " + name + " is not found.");
        }
        return json("{'WorkGroup':{'Name':'primary','State':'" + workgroupState + "'}}");
    }

    private String database(JsonObject request) throws Failure {
        if (!request.get("CatalogName").getAsString().equals("AwsDataCatalog")) {
            throw new Failure(400, "MetadataException", "Catalog not found");
        }
        String name = request.get("DatabaseName").getAsString();
        if (!databases.containsKey(name)) {
            throw new Failure(400, "MetadataException", "Database " + name + " not found");
        }
        return name;
    }

    private JsonObject listDatabases(JsonObject request) {
        List<String> names = List.copyOf(databases.keySet());
        int at = request.has("NextToken") ? request.get("NextToken").getAsInt() : 0;
        JsonObject json = json("{'DatabaseList':[{'Name':'" + names.get(at) + "'}]}");
        if (at + 1 < names.size()) {
            json.addProperty("NextToken", String.valueOf(at + 1));
        }
        return json;
    }

    private JsonObject listTables(JsonObject request) throws Failure {
        List<String> tables = databases.get(database(request));
        int at = request.has("NextToken") ? request.get("NextToken").getAsInt() : 0;
        JsonObject json = new JsonObject();
        JsonArray list = new JsonArray();
        if (!tables.isEmpty()) {
            list.add(json(tables.get(at)));
        }
        json.add("TableMetadataList", list);
        if (at + 1 < tables.size()) {
            json.addProperty("NextToken", String.valueOf(at + 1));
        }
        return json;
    }
}
