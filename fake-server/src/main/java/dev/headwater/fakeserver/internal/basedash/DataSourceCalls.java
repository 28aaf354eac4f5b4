package dev.headwater.fakeserver.internal.basedash;

import com.google.gson.JsonObject;
import dev.headwater.fakeserver.ConnectionOutcome;
import dev.headwater.fakeserver.internal.FakeSource;
import dev.headwater.fakeserver.internal.FakeSource.SpelledKey;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.Seeds;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.fakeserver.internal.rest.SchemaSync;
import dev.headwater.fakeserver.internal.rest.Values;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.SourceSystem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What Basedash's calls about data sources do. */
final class DataSourceCalls {

    private static final String ACCESS = "access";

    private final World world;
    private final SchemaSync sync;

    DataSourceCalls(World world, SchemaSync sync) {
        this.world = world;
        this.sync = sync;
    }

    /** Stores at once and connects later: bad credentials show only in how the sync ends. */
    JsonObject create(Scope scope, BasedashBody.Connection body) {
        FakeSource source = scope.put(sync.pending(source(body)));
        Organization.of(scope).beginTrial(source.createdAt());
        JsonObject answer = json(source);
        sync.later(SourceSystem.BASEDASH, scope, source);
        return answer;
    }

    private FakeSource source(BasedashBody.Connection body) {
        Instant now = world.now();
        Map<SpelledKey, Object> config = new LinkedHashMap<>();
        body.config().forEach((key, value) -> config.put(new SpelledKey(SourceSystem.BASEDASH, key), value));
        return new FakeSource(world.newId(), body.displayName(), body.kind().id(), config, Map.of(), now, now);
    }

    JsonObject list(Scope scope, Paging paging) {
        return paging.page(
                Organization.of(scope)
                        .newestFirst(
                                scope.sources().stream().map(FakeSource::id).toList()),
                id -> find(scope, id).map(this::json).orElse(null));
    }

    JsonObject get(Scope scope, String id) {
        return json(found(scope, id));
    }

    JsonObject update(Scope scope, String id, Supplier<BasedashBody.Change> body) {
        found(scope, id);
        BasedashBody.Change change = body.get();
        return json(scope.atomically(() -> {
            FakeSource source = found(scope, id);
            FakeSource changed = changed(source, change);
            boolean same = changed.config().equals(source.config())
                    && changed.name().equals(source.name())
                    && changed.facts().equals(source.facts());
            return same ? source : scope.put(changed);
        }));
    }

    private FakeSource changed(FakeSource source, BasedashBody.Change change) {
        Instant now = world.now();
        Map<SpelledKey, Object> config = new LinkedHashMap<>(source.config());
        change.unset().forEach(key -> config.keySet().removeIf(other -> same(source.kind(), other, key)));
        FakeSource changed = source.withConfig(
                world.translator().merged(source.kind(), config, SourceSystem.BASEDASH, change.set()), now);
        if (change.displayName() == null) {
            return changed;
        }
        // A name that another face gave stays: there it is what the data source is found by.
        return source.facts().containsKey(Seeds.DISPLAY_NAME)
                ? changed.withFact(Seeds.DISPLAY_NAME, change.displayName())
                : changed.withName(change.displayName(), now);
    }

    /** Whether a key, however spelled, means the same field as a key of Basedash's. */
    private boolean same(String kindId, SpelledKey other, String key) {
        SpelledKey own = new SpelledKey(SourceSystem.BASEDASH, key);
        if (other.equals(own)) {
            return true;
        }
        KindDefinition kind = world.translator().definition(kindId).orElse(null);
        FieldDefinition field = kind == null ? null : world.translator().field(kind, own);
        return kind != null && field != null && field.equals(world.translator().field(kind, other));
    }

    JsonObject delete(Scope scope, String id) {
        return scope.atomically(() -> {
            scope.remove(found(scope, id).id());
            return Values.object("id", id);
        });
    }

    JsonObject verify(Scope scope, BasedashBody.Connection body) {
        ConnectionOutcome outcome = world.test(sync.attempt(SourceSystem.BASEDASH, scope, source(body)));
        JsonObject answer = Values.object("success", outcome.success());
        if (outcome.failure() != null) {
            answer.add("fieldErrors", fieldErrors(outcome.failure(), outcome.message()));
        }
        return answer;
    }

    /** The four sentences of Basedash's documents; for other failures, what the test said, at the host. */
    private static JsonObject fieldErrors(FailureCode failure, String message) {
        JsonObject errors = new JsonObject();
        switch (failure) {
            case UNKNOWN_HOST -> errors.addProperty("host", "Host not found");
            case CONNECTION_REFUSED -> errors.addProperty("port", "Incorrect port");
            case WRONG_CREDENTIALS -> {
                errors.addProperty("username", "Incorrect username or password");
                errors.addProperty("password", "Incorrect username or password");
            }
            case NO_SUCH_DATABASE -> errors.addProperty("databaseName", "Database does not exist");
            default -> errors.addProperty("host", message);
        }
        return errors;
    }

    JsonObject access(Scope scope, String id) {
        FakeSource source = found(scope, id);
        Access access = source.facts().get(ACCESS) instanceof Access set ? set : Access.EVERYONE;
        return access.json(id);
    }

    JsonObject access(Scope scope, String id, Supplier<Access> body) {
        found(scope, id);
        Access access = body.get();
        scope.atomically(() -> scope.put(found(scope, id).withFact(ACCESS, access)));
        return access.json(id);
    }

    private FakeSource found(Scope scope, String id) {
        return find(scope, id).orElseThrow(() -> new BasedashRefusal(BasedashTitle.NOT_FOUND, "Data source not found"));
    }

    /** A data source of a kind that Basedash has. */
    private Optional<FakeSource> find(Scope scope, String id) {
        return scope.find(id)
                .filter(source -> world.translator()
                        .kindName(source.kind(), SourceSystem.BASEDASH)
                        .isPresent());
    }

    private JsonObject json(FakeSource source) {
        return DataSourceJson.of(source, world.translator());
    }
}
