package dev.headwater.connectors.internal.posthog;

import com.google.gson.JsonObject;
import dev.headwater.connectors.internal.rest.Json;
import dev.headwater.connectors.internal.rest.RestClient;
import dev.headwater.connectors.internal.rest.RestSession;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;

/** A login to PostHog. The schema is one answer, to the query by which PostHog's own pages read it. */
final class PostHogSession extends RestSession {

    /** Fields that are no columns but ways to other tables. */
    private static final Set<String> JOINS =
            Set.of("lazy_table", "virtual_table", "field_traverser", "view", "materialized_view");

    private final HttpUrl queryUrl;

    PostHogSession(ConnectionTarget target, RestClient http, HttpUrl queryUrl) {
        super(target, http);
        this.queryUrl = queryUrl;
    }

    @Override
    public String probe() {
        Json answer = http.post(queryUrl, PostHogKind.hogQl("select 1"), "run a query");
        if (answer.get("results").list().size() != 1) {
            throw new ConnectorException(FailureCode.WRONG_SERVER, "could not run a query: the answer has no result");
        }
        return "PostHog, project " + target.config().required("project");
    }

    @Override
    protected void read(Tables into) {
        JsonObject query = new JsonObject();
        query.addProperty("kind", "DatabaseSchemaQuery");
        JsonObject request = new JsonObject();
        request.add("query", query);
        Json tables = http.post(queryUrl, request, "read the schema").get("tables");
        if (!tables.isObject()) {
            throw new ConnectorException(
                    FailureCode.WRONG_SERVER, "could not read the schema: the answer has no tables");
        }
        for (var table : tables.members().entrySet()) {
            if (into.full()) {
                return;
            }
            into.add(table(table.getKey(), table.getValue()));
        }
    }

    private static TableSchema table(String name, Json table) {
        List<ColumnSchema> columns = new ArrayList<>();
        table.get("fields").members().forEach((field, what) -> {
            String type = what.get("type").text().orElse("unknown");
            if (!JOINS.contains(type)) {
                columns.add(
                        new ColumnSchema(what.get("name").text().orElse(field), type, canonicalType(type), true, null));
            }
        });
        return new TableSchema(null, null, name, type(table.get("type").text().orElse("")), null, columns, List.of());
    }

    private static TableType type(String type) {
        return switch (type) {
            case "view", "managed_view", "endpoint" -> TableType.VIEW;
            case "materialized_view" -> TableType.MATERIALIZED_VIEW;
            case "data_warehouse" -> TableType.FOREIGN_TABLE;
            default -> TableType.TABLE;
        };
    }

    private static CanonicalType canonicalType(String type) {
        return switch (type) {
            case "integer" -> CanonicalType.INTEGER;
            case "float" -> CanonicalType.FLOAT;
            case "decimal" -> CanonicalType.DECIMAL;
            case "string" -> CanonicalType.TEXT;
            case "datetime" -> CanonicalType.TIMESTAMP_WITH_ZONE;
            case "date" -> CanonicalType.DATE;
            case "boolean" -> CanonicalType.BOOLEAN;
            case "array" -> CanonicalType.ARRAY;
            case "json" -> CanonicalType.JSON;
            default -> CanonicalType.UNKNOWN;
        };
    }
}
