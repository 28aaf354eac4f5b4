package dev.headwater.connectors.rest;

import com.google.gson.JsonObject;
import dev.headwater.connectors.KindFixture;
import dev.headwater.connectors.internal.posthog.PostHogKind;
import dev.headwater.connectors.internal.rest.RestConnector;
import dev.headwater.connectors.rest.HttpStub.Asked;
import dev.headwater.connectors.rest.HttpStub.Reply;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.Connector;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/** A stub of PostHog's query API, and the real connector, told where it is. */
public final class PostHogFixture implements KindFixture {

    static final String KEY = "phx_stub-personal-key";

    private static final HttpStub STUB = new HttpStub(PostHogFixture::answer);

    private static final String SCHEMA = """
            {"tables":{
              "events":{"id":"events","name":"events","type":"posthog","fields":{
                "uuid":{"name":"uuid","hogql_value":"uuid","type":"string","schema_valid":true},
                "timestamp":{"name":"timestamp","hogql_value":"timestamp","type":"datetime","schema_valid":true},
                "properties":{"name":"properties","hogql_value":"properties","type":"json","schema_valid":true},
                "person":{"name":"person","hogql_value":"person","type":"lazy_table","schema_valid":true,
                          "table":"persons","fields":["id"]}}},
              "stripe.charges":{"id":"018f","name":"stripe.charges","type":"data_warehouse","fields":{
                "amount":{"name":"amount","hogql_value":"amount","type":"decimal","schema_valid":true},
                "odd":{"name":"odd","hogql_value":"odd","type":"expression","schema_valid":true}}},
              "daily":{"id":"018e","name":"daily","type":"materialized_view","fields":{}}
            },"joins":[]}""";

    static HttpStub stub() {
        return STUB;
    }

    private static Reply answer(Asked asked) {
        if (!asked.header("Authorization").equals("Bearer " + KEY)) {
            return error(
                    401, "authentication_error", "Personal API key found in request Authorization header is invalid.");
        } else if (!asked.path().equals("/api/projects/12345/query/")
                || !asked.method().equals("POST")) {
            return error(404, "invalid_request", "Project not found.");
        }
        JsonObject query = asked.json().getAsJsonObject("query");
        return switch (query.get("kind").getAsString()) {
            case "DatabaseSchemaQuery" -> Reply.json(SCHEMA);
            case "HogQLQuery" -> hogQl(query.get("query").getAsString());
            default -> error(400, "validation_error", "Unsupported query kind");
        };
    }

    private static Reply hogQl(String query) {
        return switch (query) {
            case "select 1" -> Reply.json("{\"results\":[[1]],\"columns\":[\"1\"],\"types\":[[\"1\",\"UInt8\"]]}");
            case "select mixed" ->
                Reply.json(
                        "{\"results\":[[\"a\",1.5,true,null,[1,{\"b\":2}]]],\"columns\":[\"s\",\"n\",\"f\",\"z\",\"l\"],"
                                + "\"types\":[[\"s\",\"String\"],[\"n\",\"Float64\"]]}");
            default -> error(400, "validation_error", "Unable to resolve field: " + query);
        };
    }

    static Reply error(int status, String type, String detail) {
        return Reply.of(
                status,
                "{\"type\":\"" + type + "\",\"code\":\"x\",\"detail\":" + HttpStub.quoted(detail) + ",\"attr\":null}");
    }

    @Override
    public String kind() {
        return "posthog";
    }

    @Override
    public Connector connector() {
        return new RestConnector(new PostHogKind(config -> HttpUrl.get(config.required(GoogleStub.SITE))));
    }

    @Override
    public Map<String, Object> workingConfig() {
        return Map.of("project", "12345", "access_token", SecretValue.of(KEY), GoogleStub.SITE, STUB.url());
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                null,
                "events",
                TableType.TABLE,
                null,
                List.of(
                        new ColumnSchema("uuid", "string", CanonicalType.TEXT, true, null),
                        new ColumnSchema("timestamp", "datetime", CanonicalType.TIMESTAMP_WITH_ZONE, true, null),
                        new ColumnSchema("properties", "json", CanonicalType.JSON, true, null)),
                List.of());
    }

    @Override
    public Optional<Map<String, Object>> wrongCredentials(String secret) {
        return Optional.of(Map.of("access_token", SecretValue.of(secret)));
    }

    @Override
    public Optional<Map<String, Object>> missingDatabase() {
        return Optional.of(Map.of("project", "999"));
    }

    @Override
    public Optional<Map<String, Object>> atPort(int port) {
        return Optional.of(Map.of(GoogleStub.SITE, "http://127.0.0.1:" + port));
    }
}
