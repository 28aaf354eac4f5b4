package dev.headwater.connectors.internal.dynamodb;

import dev.headwater.connectors.internal.aws.AwsSession;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * A login to DynamoDB. Its tables have keys of fixed types and no other columns of their own, so those are inferred from
 * the first items of a table; an item may lack each of them.
 */
final class DynamoDbSession extends AwsSession {

    /** How many items of a table are looked at. */
    static final int SAMPLED_ITEMS = 25;

    /** The most that the service lists at once. */
    private static final int PAGE = 100;

    private final DynamoDbClient client;

    DynamoDbSession(DynamoDbClient client, ConnectionTarget target, Runnable close) {
        super(target, close);
        this.client = client;
    }

    DynamoDbSession loggedIn() {
        ListTablesResponse unused = ask("list the tables", () -> client.listTables(list -> list.limit(1)));
        return this;
    }

    @Override
    public String probe() {
        ListTablesResponse unused = ask("list the tables", () -> client.listTables(list -> list.limit(1)));
        return "Amazon DynamoDB";
    }

    @Override
    public TableList readTables(int maxTables, IntConsumer progress) {
        positive(maxTables);
        List<TableSchema> tables = new ArrayList<>();
        String after = null;
        do {
            String begin = after;
            ListTablesResponse page = ask(
                    "list the tables",
                    () -> client.listTables(list -> list.limit(PAGE).exclusiveStartTableName(begin)));
            for (String name : page.tableNames()) {
                if (tables.size() == maxTables) {
                    progress.accept(tables.size());
                    return new TableList(tables, true);
                }
                read(name).ifPresent(tables::add);
            }
            progress.accept(tables.size());
            after = page.lastEvaluatedTableName();
        } while (after != null);
        return new TableList(tables, false);
    }

    /** {@return the table; with its name alone if it may not be described, and nothing if it has gone since it was listed} */
    private Optional<TableSchema> read(String name) {
        TableDescription table;
        try {
            table = ask("describe the table " + name, () -> client.describeTable(describe -> describe.tableName(name)))
                    .table();
        } catch (ConnectorException e) {
            // Rights are given table by table.
            return switch (e.failure()) {
                case PERMISSION_DENIED -> Optional.of(table(name, List.of(), List.of()));
                case NO_SUCH_DATABASE -> Optional.empty();
                default -> throw e;
            };
        }
        List<String> key = table.keySchema().stream()
                .sorted(Comparator.comparing(element -> element.keyType() == KeyType.HASH ? 0 : 1))
                .map(KeySchemaElement::attributeName)
                .toList();
        Map<String, ColumnSchema> columns = new LinkedHashMap<>();
        for (String attribute : key) {
            columns.put(attribute, column(attribute, typeOf(table, attribute), false));
        }
        for (AttributeDefinition indexed : table.attributeDefinitions()) {
            columns.putIfAbsent(
                    indexed.attributeName(), column(indexed.attributeName(), indexed.attributeTypeAsString(), true));
        }
        sampledTypes(name).forEach((attribute, type) -> columns.putIfAbsent(attribute, column(attribute, type, true)));
        return Optional.of(table(name, List.copyOf(columns.values()), key));
    }

    private static TableSchema table(String name, List<ColumnSchema> columns, List<String> key) {
        return new TableSchema(null, null, name, TableType.TABLE, null, columns, key);
    }

    private static String typeOf(TableDescription table, String attribute) {
        return table.attributeDefinitions().stream()
                .filter(definition -> definition.attributeName().equals(attribute))
                .map(AttributeDefinition::attributeTypeAsString)
                .findFirst()
                .orElse("?");
    }

    /** The types of the attributes of some items; of one that has several, all. */
    private Map<String, String> sampledTypes(String table) {
        Map<String, Set<String>> types = new TreeMap<>();
        for (Map<String, AttributeValue> item : sample(table)) {
            item.forEach((attribute, value) -> {
                String type = type(value);
                if (type != null) {
                    types.computeIfAbsent(attribute, unused -> new TreeSet<>()).add(type);
                }
            });
        }
        Map<String, String> names = new TreeMap<>();
        types.forEach((attribute, all) -> names.put(attribute, String.join("|", all)));
        return names;
    }

    private List<Map<String, AttributeValue>> sample(String table) {
        try {
            return ask(
                            "read items of the table " + table,
                            () -> client.scan(scan -> scan.tableName(table).limit(SAMPLED_ITEMS)))
                    .items();
        } catch (ConnectorException e) {
            if (e.failure() != FailureCode.PERMISSION_DENIED && e.failure() != FailureCode.NO_SUCH_DATABASE) {
                throw e;
            }
            // Keys and indexes can be told without the right to read items, and while the table is made or dropped.
            return List.of();
        }
    }

    /** As the service's API names them; null for NULL, which can become anything. */
    private static @Nullable String type(AttributeValue value) {
        return switch (value.type()) {
            case NUL, UNKNOWN_TO_SDK_VERSION -> null;
            default -> value.type().name();
        };
    }

    private static ColumnSchema column(String name, String type, boolean nullable) {
        return new ColumnSchema(name, type, canonical(type), nullable, null);
    }

    /** See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html. */
    private static CanonicalType canonical(String type) {
        return switch (type) {
            case "S" -> CanonicalType.TEXT;
            case "N" -> CanonicalType.DECIMAL;
            case "B" -> CanonicalType.BINARY;
            case "BOOL" -> CanonicalType.BOOLEAN;
            case "M" -> CanonicalType.MAP;
            case "L", "SS", "NS", "BS" -> CanonicalType.ARRAY;
            default -> CanonicalType.UNKNOWN;
        };
    }
}
