package dev.headwater.connectors.rest;

import com.google.gson.JsonObject;
import dev.headwater.connectors.rest.HttpStub.Asked;
import dev.headwater.connectors.rest.HttpStub.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A stub of BigQuery: datasets in pages of one, and queries whose answers come in pages of two rows, the first of them only
 * after a second request. It has no engine: it knows the catalog query by its text, and gives the rows that the views would.
 * Forms: https://cloud.google.com/bigquery/docs/reference/rest.
 */
public final class BigQueryStub {

    private static final String BASE = "/bigquery/v2/projects/" + GoogleStub.PROJECT;
    private static final int ROWS_PER_PAGE = 2;
    private static final Pattern CATALOG = Pattern.compile(
            "from `" + GoogleStub.PROJECT + "`\\.`(\\w+)`\\.INFORMATION_SCHEMA\\.TABLES .* limit (\\d+)");

    private static final BigQueryStub INSTANCE = new BigQueryStub();

    private final GoogleStub google = new GoogleStub("https://www.googleapis.com/auth/bigquery", this::answer);
    private final Map<String, String> locations = new TreeMap<>(Map.of("sales", "EU", "web", "US"));
    private final Map<String, List<List<@Nullable String>>> rows = new TreeMap<>();

    private BigQueryStub() {
        List<List<@Nullable String>> sales = new ArrayList<>();
        sales.add(row("events", "BASE TABLE", null, "at", "TIMESTAMP", null, "YES", null, "1"));
        sales.add(row("events", "BASE TABLE", null, "tags", "ARRAY<STRING>", null, "NO", null, "2"));
        String person = "STRUCT<name STRING, address STRUCT<city STRING(20)>>";
        String comment = "\"Who \\\"bought\\\"\\nwhat\"";
        sales.add(row("orders", "BASE TABLE", comment, "id", "INT64", "The number", "NO", "1", "1"));
        sales.add(row("orders", "BASE TABLE", comment, "buyer", person, "", "YES", null, "2"));
        sales.add(
                row("orders", "BASE TABLE", comment, "buyer.address", "STRUCT<city STRING(20)>", "", "YES", null, "2"));
        sales.add(row("orders", "BASE TABLE", comment, "buyer.address.city", "STRING(20)", "Town", "YES", null, "2"));
        sales.add(row("orders", "BASE TABLE", comment, "buyer.name", "STRING", "", "YES", null, "2"));
        sales.add(row("orders_external", "EXTERNAL", null, "x", "NUMERIC(10, 2)", null, "YES", null, "1"));
        sales.add(row("totals", "MATERIALIZED VIEW", null, "x", "BIGNUMERIC", null, "YES", null, "1"));
        sales.add(row("without_columns", "BASE TABLE", null, null, null, null, "YES", null, null));
        rows.put("sales", sales);
        rows.put("web", List.of(row("hits", "VIEW", null, "day", "DATE", null, "YES", null, "1")));
    }

    static BigQueryStub get() {
        return INSTANCE;
    }

    GoogleStub google() {
        return google;
    }

    @SafeVarargs
    private static List<@Nullable String> row(@Nullable String... cells) {
        List<@Nullable String> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(cell);
        }
        return row;
    }

    private Reply answer(Asked asked) {
        String path = asked.path();
        if (!path.startsWith(BASE + "/")) {
            return error(404, "notFound", "Not found: Project");
        } else if (path.equals(BASE + "/datasets")) {
            return datasets(asked);
        } else if (path.startsWith(BASE + "/datasets/")) {
            return dataset(path.substring((BASE + "/datasets/").length()));
        } else if (path.equals(BASE + "/queries") && asked.method().equals("POST")) {
            return query(asked.json());
        } else if (path.startsWith(BASE + "/queries/") && asked.method().equals("GET")) {
            return results(path.substring((BASE + "/queries/").length()), asked);
        }
        return error(404, "notFound", "Not found");
    }

    private Reply datasets(Asked asked) {
        List<String> names = List.copyOf(locations.keySet());
        int at = asked.param("pageToken").isEmpty() ? 0 : Integer.parseInt(asked.param("pageToken"));
        String next = at + 1 < names.size() ? ",\"nextPageToken\":\"" + (at + 1) + "\"" : "";
        return Reply.json(
                "{\"kind\":\"bigquery#datasetList\",\"datasets\":[" + resource(names.get(at)) + "]" + next + "}");
    }

    private Reply dataset(String name) {
        return locations.containsKey(name)
                ? Reply.json(resource(name))
                : error(404, "notFound", "Not found: Dataset " + GoogleStub.PROJECT + ":" + name);
    }

    private String resource(String name) {
        return "{\"datasetReference\":{\"projectId\":\"" + GoogleStub.PROJECT + "\",\"datasetId\":\"" + name
                + "\"},\"location\":\"" + locations.get(name) + "\"}";
    }

    private Reply query(JsonObject request) {
        if (request.get("useLegacySql").getAsBoolean()) {
            return error(400, "invalidQuery", "legacy SQL");
        }
        String sql = request.get("query").getAsString();
        String location = request.has("location") ? request.get("location").getAsString() : "US";
        if (sql.equals("select 1")) {
            return Reply.json(
                    "{\"jobComplete\":true,\"jobReference\":{\"jobId\":\"one\"},\"rows\":[{\"f\":[{\"v\":\"1\"}]}]}");
        }
        Matcher catalog = CATALOG.matcher(sql);
        if (!catalog.find()) {
            return error(400, "invalidQuery", "Syntax error");
        }
        String dataset = catalog.group(1);
        if (!location.equals(locations.get(dataset))) {
            return error(404, "notFound", "Not found: Dataset " + dataset + " was not found in location " + location);
        }
        return Reply.json("{\"jobComplete\":false,\"jobReference\":{\"jobId\":\"" + dataset + "-" + catalog.group(2)
                + "\",\"location\":\"" + location + "\"}}");
    }

    private Reply results(String job, Asked asked) {
        String[] parts = job.split("-");
        if (!asked.param("location").equals(locations.get(parts[0]))) {
            return error(404, "notFound", "Not found: Job " + job);
        }
        List<String> tables = rows.get(parts[0]).stream()
                .map(row -> row.get(0))
                .distinct()
                .limit(Long.parseLong(parts[1]))
                .toList();
        List<List<@Nullable String>> all = rows.get(parts[0]).stream()
                .filter(row -> tables.contains(row.get(0)))
                .toList();
        int at = asked.param("pageToken").isEmpty() ? 0 : Integer.parseInt(asked.param("pageToken"));
        int end = Math.min(all.size(), at + ROWS_PER_PAGE);
        String page = all.subList(at, end).stream()
                .map(row -> row.stream()
                        .map(cell -> "{\"v\":" + HttpStub.quoted(cell) + "}")
                        .collect(Collectors.joining(",", "{\"f\":[", "]}")))
                .collect(Collectors.joining(","));
        String next = end < all.size() ? ",\"pageToken\":\"" + end + "\"" : "";
        return Reply.json("{\"jobComplete\":true,\"jobReference\":{\"jobId\":\"" + job + "\",\"location\":\""
                + asked.param("location") + "\"},\"rows\":[" + page + "]" + next + "}");
    }

    /** {@return an error in BigQuery's form: https://cloud.google.com/bigquery/docs/error-messages} */
    static Reply error(int code, String reason, String message) {
        return Reply.of(
                code,
                "{\"error\":{\"code\":" + code + ",\"message\":" + HttpStub.quoted(message)
                        + ",\"errors\":[{\"message\":\"m\",\"domain\":\"global\",\"reason\":\"" + reason + "\"}]}}");
    }
}
