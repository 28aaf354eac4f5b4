package dev.headwater.connectors.aws;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headwater.connectors.Connectors;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The schema of DynamoDB, on a stub with many tables,")
class DynamoDbTablesTest {

    private static final String DENIED = "table007";
    private static final String NOT_SCANNED = "table013";
    private static final String GONE = "table015";

    private final Tables stub = new Tables();

    @AfterEach
    void close() {
        stub.close();
    }

    /** Tables with a key and one item each, in pages of 10; the service may list fewer than it is asked for. */
    private static final class Tables extends AwsStub {

        private static final int COUNT = 25;
        private static final int PAGE = 10;

        @Override
        JsonObject answer(String operation, JsonObject request) throws Failure {
            return switch (operation) {
                case "ListTables" -> list(request);
                case "DescribeTable" -> describe(request.get("TableName").getAsString());
                default -> scan(request.get("TableName").getAsString());
            };
        }

        private static JsonObject list(JsonObject request) {
            int first = request.has("ExclusiveStartTableName")
                    ? Integer.parseInt(request.get("ExclusiveStartTableName")
                                    .getAsString()
                                    .substring("table".length()))
                            + 1
                    : 0;
            int end =
                    Math.min(COUNT, first + Math.min(PAGE, request.get("Limit").getAsInt()));
            JsonArray names = new JsonArray();
            for (int i = first; i < end; i++) {
                names.add("table%03d".formatted(i));
            }
            JsonObject page = new JsonObject();
            page.add("TableNames", names);
            if (end < COUNT) {
                page.addProperty("LastEvaluatedTableName", "table%03d".formatted(end - 1));
            }
            return page;
        }

        private static JsonObject describe(String name) throws Failure {
            if (name.equals(DENIED)) {
                throw new Failure(400, "AccessDeniedException", "not this one");
            }
            if (name.equals(GONE)) {
                throw new Failure(400, "ResourceNotFoundException", "Requested resource not found");
            }
            return JsonParser.parseString("{\"Table\": {\"TableName\": \"" + name
                            + "\", \"KeySchema\": [{\"AttributeName\": \"id\", \"KeyType\": \"HASH\"}],"
                            + " \"AttributeDefinitions\": [{\"AttributeName\": \"id\", \"AttributeType\": \"S\"}]}}")
                    .getAsJsonObject();
        }

        private static JsonObject scan(String name) throws Failure {
            if (name.equals(NOT_SCANNED)) {
                throw new Failure(400, "AccessDeniedException", "not this one");
            }
            return JsonParser.parseString(
                            "{\"Items\": [{\"id\": {\"S\": \"a\"}, \"n\": {\"N\": \"1\"}}], \"Count\": 1}")
                    .getAsJsonObject();
        }
    }

    private TableList read(int maxTables, List<Integer> progress) {
        Map<String, Object> config = Map.of(
                "region",
                "us-east-1",
                "access_key_id",
                AwsStub.KEY_ID,
                "secret_access_key",
                SecretValue.of(AwsStub.SECRET),
                "endpoint_url",
                stub.endpoint());
        try (ConnectorSession session = Connectors.dynamodb().open(target("dynamodb", config))) {
            return session.readTables(maxTables, progress::add);
        }
    }

    private static List<String> columns(TableList list, String table) {
        TableSchema found = list.tables().stream()
                .filter(one -> one.name().equals(table))
                .findFirst()
                .orElseThrow();
        return found.columns().stream().map(ColumnSchema::name).toList();
    }

    @Test
    @DisplayName("goes on to the last page, without tables that went meanwhile, and tells of its progress")
    void pages() {
        List<Integer> progress = new ArrayList<>();
        TableList list = read(100, progress);

        assertThat(list.truncated()).isFalse();
        assertThat(list.tables())
                .extracting(TableSchema::name)
                .hasSize(Tables.COUNT - 1)
                .doesNotContain(GONE)
                .endsWith("table024");
        assertThat(progress).containsExactly(10, 19, 24);
    }

    @Test
    @DisplayName("ends at the limit, and says so")
    void limit() {
        assertThat(read(10, new ArrayList<>()).truncated()).isTrue();
        assertThat(read(11, new ArrayList<>()).tables()).hasSize(11);
        assertThat(read(24, new ArrayList<>()).truncated()).isFalse();
    }

    @Test
    @DisplayName(
            "has no more than the name of a table that may not be described, no more than the key of one that may not be"
                    + " read, and all of the others")
    void rights() {
        TableList list = read(100, new ArrayList<>());

        assertThat(columns(list, DENIED)).isEmpty();
        assertThat(columns(list, NOT_SCANNED)).containsExactly("id");
        assertThat(columns(list, "table014")).containsExactly("id", "n");
    }

    @Test
    @DisplayName("is not read at all when the tables may not be listed")
    void denied() {
        stub.fail("ListTables", 400, "AccessDeniedException");
        assertThat(failure(() -> read(10, new ArrayList<>())).failure()).isEqualTo(FailureCode.PERMISSION_DENIED);
    }
}
