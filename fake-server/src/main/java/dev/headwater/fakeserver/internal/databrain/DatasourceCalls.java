package dev.headwater.fakeserver.internal.databrain;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.headwater.fakeserver.ConnectionOutcome;
import dev.headwater.fakeserver.internal.FakeSource;
import dev.headwater.fakeserver.internal.FakeSource.SpelledKey;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.Seeds;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.fakeserver.internal.rest.SchemaSync;
import dev.headwater.fakeserver.internal.rest.SourceFacts;
import dev.headwater.fakeserver.internal.rest.Values;
import dev.headwater.spi.HealthStatus;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.SyncState;
import dev.headwater.spi.SyncStatus;
import dev.headwater.spi.TableSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What DataBrain's calls do, and the JSON that they answer. */
final class DatasourceCalls {

    private static final int PAGE = 10;

    private final World world;
    private final SchemaSync sync;

    DatasourceCalls(World world, SchemaSync sync) {
        this.world = world;
        this.sync = sync;
    }

    JsonObject create(Scope scope, DatasourceBody body) {
        refuseTaken(scope, body.name());
        Instant now = world.now();
        FakeSource draft = given(
                new FakeSource(world.newId(), body.name(), body.kind().id(), Map.of(), Map.of(), now, now), body, now);
        FakeSource tested = tested(scope, draft);
        // Somebody else may have taken the name while the connection was tested.
        scope.atomically(() -> {
            refuseTaken(scope, body.name());
            return scope.put(tested);
        });
        cacheSchema(scope, tested);
        return Values.object("name", body.name());
    }

    private void refuseTaken(Scope scope, String name) {
        if (find(scope, name).isPresent()) {
            throw new DataBrainRefusal(
                    DataBrainCode.DATASOURCE_NAME_ERROR, "A datasource with this name already exists");
        }
    }

    JsonObject update(Scope scope, DatasourceBody body) {
        FakeSource stored = named(scope, body.name());
        if (!stored.kind().equals(body.kind().id())) {
            throw new DataBrainRefusal(
                    DataBrainCode.INVALID_REQUEST_BODY, "\"datasourceType\" must match the existing datasource type");
        }
        Instant now = world.now();
        FakeSource tested = tested(scope, given(stored, body, now));
        FakeSource written = scope.atomically(() -> {
            // A sync may have ended meanwhile, or the datasource may be gone.
            FakeSource latest = scope.find(stored.id()).orElseThrow(DatasourceCalls::noSuchName);
            return scope.put(SourceFacts.with(given(latest, body, now), SourceFacts.health(tested)));
        });
        cacheSchema(scope, written);
        return Values.object("name", body.name());
    }

    /** The data source with the credentials of the body and no others; the tenancy settings stay if none are given. */
    private static FakeSource given(FakeSource source, DatasourceBody body, Instant now) {
        Map<SpelledKey, Object> config = new LinkedHashMap<>();
        body.credentials().forEach((key, value) -> {
            if (value != null) {
                config.put(new SpelledKey(SourceSystem.DATABRAIN, key), value);
            }
        });
        FakeSource changed = source.withConfig(config, now);
        return body.tenancy() == null ? changed : changed.withFact(Seeds.TENANCY, body.tenancy());
    }

    private FakeSource tested(Scope scope, FakeSource source) {
        ConnectionOutcome outcome = world.test(sync.attempt(SourceSystem.DATABRAIN, scope, source));
        if (!outcome.success()) {
            throw new DataBrainRefusal(
                    DataBrainCode.CREDENTIAL_TEST_FAILED, "Connection test failed: " + outcome.message());
        }
        return SourceFacts.with(source, sync.health(source, outcome));
    }

    private void cacheSchema(Scope scope, FakeSource source) {
        String failure = sync.read(SourceSystem.DATABRAIN, scope, source);
        if (failure != null) {
            throw new DataBrainRefusal(DataBrainCode.SCHEMA_CACHE_FAILED, "Schema caching failed: " + failure);
        }
    }

    JsonObject list(Scope scope, @Nullable String isPagination, @Nullable String pageNumber) {
        List<FakeSource> sources = visible(scope);
        if (pages(isPagination)) {
            long from = (page(pageNumber) - 1) * PAGE;
            sources = sources.stream().skip(from).limit(PAGE).toList();
        } else {
            page(pageNumber);
        }
        return Values.object(
                "data",
                Values.array(sources.stream().map(DatasourceCalls::listed).toList()));
    }

    private static boolean pages(@Nullable String isPagination) {
        if (isPagination == null || isPagination.equals("false") || isPagination.equals("true")) {
            return "true".equals(isPagination);
        }
        throw invalid(JoiWords.notOneOf("isPagination", List.of("true", "false")));
    }

    private static long page(@Nullable String number) {
        if (number == null) {
            return 1;
        }
        if (!number.matches("0{0,9}[1-9][0-9]{0,8}")) {
            throw invalid("\"pageNumber\" must be a number from 1");
        }
        return Long.parseLong(number);
    }

    private static JsonObject listed(FakeSource source) {
        JsonObject item = Values.object("name", source.name());
        item.addProperty("isAuthenticated", SourceFacts.health(source).status() != HealthStatus.UNHEALTHY);
        item.addProperty("isDisabled", false);
        return item;
    }

    JsonObject delete(Scope scope, @Nullable String name) {
        String wanted = required(name);
        FakeSource gone = scope.atomically(() -> {
            FakeSource found = named(scope, wanted);
            scope.remove(found.id());
            return found;
        });
        JsonObject answer = Values.object("id", gone.id());
        answer.addProperty("message", "Datasource deleted successfully");
        return answer;
    }

    JsonObject sync(Scope scope, JsonObject body) {
        FakeSource source = identified(scope, body);
        if (sync.read(SourceSystem.DATABRAIN, scope, source) != null) {
            throw new DataBrainRefusal(DataBrainCode.INTERNAL_SERVER_ERROR, "Sync failed");
        }
        return Values.object("data", Values.object("message", "Sync completed"));
    }

    JsonObject progress(Scope scope, JsonObject body) {
        FakeSource source = identified(scope, body);
        SyncState state = SourceFacts.sync(source);
        int tables = SourceFacts.schema(source).tables().size();
        JsonObject status =
                Values.object("progress", state.status() == SyncStatus.SUCCESS ? tables + "/" + tables : "0/...");
        status.addProperty("error", state.error() == null ? "" : state.error());
        return Values.object("status", status);
    }

    JsonObject schema(Scope scope, @Nullable String name) {
        FakeSource source = named(scope, required(name));
        SchemaSnapshot schema = SourceFacts.schema(source);
        JsonObject answer = Values.object("datasourceName", source.name());
        answer.addProperty("datasourceId", source.id());
        answer.add(
                "tables",
                Values.array(
                        schema.tables().stream().map(DatasourceCalls::table).toList()));
        answer.addProperty("tableCount", schema.tables().size());
        answer.addProperty("columnCount", schema.columnCount());
        return answer;
    }

    private static JsonObject table(TableSchema table) {
        List<JsonObject> columns = new ArrayList<>();
        table.columns().forEach(column -> {
            JsonObject shown = Values.object("name", column.name());
            shown.addProperty("dataType", column.nativeType());
            columns.add(shown);
        });
        JsonObject shown = Values.object("name", table.name());
        shown.addProperty("schema", table.schema());
        shown.add("columns", Values.array(columns));
        return shown;
    }

    /** The data sources of kinds that DataBrain has. */
    private List<FakeSource> visible(Scope scope) {
        return scope.sources().stream().filter(this::visible).toList();
    }

    private boolean visible(FakeSource source) {
        return world.translator()
                .kindName(source.kind(), SourceSystem.DATABRAIN)
                .isPresent();
    }

    private Optional<FakeSource> find(Scope scope, String name) {
        return scope.sources().stream()
                .filter(source -> source.name().equals(name) && visible(source))
                .findFirst();
    }

    private FakeSource named(Scope scope, String name) {
        return find(scope, name).orElseThrow(DatasourceCalls::noSuchName);
    }

    private static DataBrainRefusal noSuchName() {
        return new DataBrainRefusal(DataBrainCode.DATASOURCE_NAME_ERROR, "Datasource not found");
    }

    private FakeSource identified(Scope scope, JsonObject body) {
        JsonElement input = body.get("input");
        if (input == null) {
            throw invalid(JoiWords.required("input"));
        }
        if (!input.isJsonObject()) {
            throw invalid(JoiWords.notAnObject("input"));
        }
        Map<String, @Nullable Object> members = Values.of(input.getAsJsonObject());
        if (!members.containsKey("datasourceId")) {
            throw invalid(JoiWords.required("input.datasourceId"));
        }
        if (!(members.get("datasourceId") instanceof String text)) {
            throw invalid(JoiWords.notText("input.datasourceId"));
        }
        return scope.find(text)
                .filter(this::visible)
                .orElseThrow(() -> new DataBrainRefusal(
                        DataBrainCode.DATASOURCE_ID_ERROR, "The datasource id does not exist or is invalid"));
    }

    private static String required(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            throw invalid(JoiWords.required("datasourceName"));
        }
        return name;
    }

    private static DataBrainRefusal invalid(String message) {
        return new DataBrainRefusal(DataBrainCode.INVALID_REQUEST_BODY, message);
    }
}
