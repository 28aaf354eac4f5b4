package dev.headwater.connectors.internal.athena;

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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.Column;
import software.amazon.awssdk.services.athena.model.Database;
import software.amazon.awssdk.services.athena.model.GetWorkGroupResponse;
import software.amazon.awssdk.services.athena.model.ListDatabasesResponse;
import software.amazon.awssdk.services.athena.model.ListTableMetadataResponse;
import software.amazon.awssdk.services.athena.model.TableMetadata;
import software.amazon.awssdk.services.athena.model.WorkGroupState;

/**
 * A login to Athena. It asks for metadata only: a query would cost money, and leave a result in the output location.
 *
 * @see <a href="https://docs.aws.amazon.com/athena/latest/APIReference/API_ListTableMetadata.html">ListTableMetadata</a>
 */
final class AthenaSession extends AwsSession {

    /** The most that the service lists at once. */
    private static final int PAGE = 50;

    private final AthenaClient client;
    private final String catalog;
    private final String workgroup;
    private final Optional<String> database;

    AthenaSession(AthenaClient client, ConnectionTarget target, Runnable close) {
        super(target, close);
        this.client = client;
        this.catalog = target.config().text("catalog").orElse("AwsDataCatalog");
        this.workgroup = target.config().text("workgroup").orElse("primary");
        this.database = target.config().text("database").filter(name -> !name.isEmpty());
    }

    AthenaSession loggedIn() {
        requireWorkgroup();
        database.ifPresent(name -> {
            var unused = ask(
                    "look for the database " + name,
                    () -> client.getDatabase(
                            request -> request.catalogName(catalog).databaseName(name)));
        });
        return this;
    }

    private void requireWorkgroup() {
        GetWorkGroupResponse found = ask(
                "look for the workgroup " + workgroup,
                () -> client.getWorkGroup(request -> request.workGroup(workgroup)));
        if (found.workGroup().state() == WorkGroupState.DISABLED) {
            throw new ConnectorException(
                    FailureCode.PERMISSION_DENIED,
                    "the workgroup " + workgroup + " is disabled",
                    "Enable the workgroup.");
        }
    }

    @Override
    public String probe() {
        requireWorkgroup();
        return "Amazon Athena, workgroup " + workgroup;
    }

    @Override
    public TableList readTables(int maxTables, IntConsumer progress) {
        positive(maxTables);
        List<TableSchema> tables = new ArrayList<>();
        for (String name : database.map(List::of).orElseGet(this::databases)) {
            String after = null;
            do {
                ListTableMetadataResponse page = page(name, after);
                for (TableMetadata table : page.tableMetadataList()) {
                    if (tables.size() == maxTables) {
                        progress.accept(tables.size());
                        return new TableList(tables, true);
                    }
                    tables.add(table(name, table));
                }
                progress.accept(tables.size());
                after = page.nextToken();
            } while (after != null);
        }
        progress.accept(tables.size());
        return new TableList(tables, false);
    }

    private ListTableMetadataResponse page(String name, @Nullable String after) {
        return ask(
                "list the tables of " + name,
                () -> client.listTableMetadata(request -> request.catalogName(catalog)
                        .databaseName(name)
                        .maxResults(PAGE)
                        .nextToken(after)));
    }

    private List<String> databases() {
        List<String> names = new ArrayList<>();
        String after = null;
        do {
            String begin = after;
            ListDatabasesResponse page = ask(
                    "list the databases",
                    () -> client.listDatabases(request ->
                            request.catalogName(catalog).maxResults(PAGE).nextToken(begin)));
            page.databaseList().stream().map(Database::name).forEach(names::add);
            after = page.nextToken();
        } while (after != null);
        return names;
    }

    private TableSchema table(String name, TableMetadata table) {
        List<ColumnSchema> columns = new ArrayList<>();
        table.columns().forEach(column -> columns.add(column(column)));
        table.partitionKeys().forEach(column -> columns.add(column(column)));
        boolean view = "VIRTUAL_VIEW".equals(table.tableType());
        String comment = table.parameters() == null ? null : table.parameters().get("comment");
        return new TableSchema(
                catalog, name, table.name(), view ? TableType.VIEW : TableType.TABLE, comment, columns, List.of());
    }

    /** Data lies in files, which promise nothing, so each column can be null. */
    private static ColumnSchema column(Column column) {
        return new ColumnSchema(column.name(), column.type(), canonical(column.type()), true, column.comment());
    }

    /** See https://docs.aws.amazon.com/athena/latest/ug/data-types.html. */
    private static CanonicalType canonical(@Nullable String type) {
        String base = String.valueOf(type)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[(<].*", "")
                .strip();
        return switch (base) {
            case "boolean" -> CanonicalType.BOOLEAN;
            case "tinyint", "smallint", "int", "integer", "bigint" -> CanonicalType.INTEGER;
            case "float", "double" -> CanonicalType.FLOAT;
            case "decimal" -> CanonicalType.DECIMAL;
            case "char", "varchar", "string" -> CanonicalType.TEXT;
            case "binary", "varbinary" -> CanonicalType.BINARY;
            case "date" -> CanonicalType.DATE;
            case "time" -> CanonicalType.TIME;
            case "timestamp" -> CanonicalType.TIMESTAMP;
            case "array" -> CanonicalType.ARRAY;
            case "map" -> CanonicalType.MAP;
            case "struct", "row" -> CanonicalType.STRUCT;
            case "uuid" -> CanonicalType.UUID;
            case "json" -> CanonicalType.JSON;
            default -> CanonicalType.UNKNOWN;
        };
    }
}
