package dev.headwater.fakeserver;

import static dev.headwater.spi.SourceSystem.BASEDASH;
import static dev.headwater.spi.SourceSystem.DATABRAIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.headwater.core.KindCatalog;
import dev.headwater.fakeserver.Rest.Reply;
import dev.headwater.spi.Constraint;
import dev.headwater.spi.FieldAlias;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.Requirement;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.ValueTransform;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeTry;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Bodies that are nearly right are sent to every call that takes one; the planted text stands wherever a secret may. */
@Label("Whatever JSON is sent")
class RandomBodiesTest {

    private static final FakeServer SERVER = FakeServer.start();
    private static final String DATASOURCE = "/api/v2/datasource";
    private static final String ORGANIZATIONS = "/api/public/organizations";
    private static final String DATA_SOURCES = ORGANIZATIONS + "/" + FakeServer.DEFAULT_SCOPE + "/data-sources";
    private static final String SECRET = "pl4nted-s3cret";

    /** Names, which are shown; all other keys may be those of secrets, or unknown. */
    private static final Set<String> SHOWN = Set.of("name", "displayName");

    private static final List<String> TYPES = names(DATABRAIN);
    private static final List<String> DIALECTS = names(BASEDASH);
    private static final List<String> KEYS = keys();

    /** Keys whose values Basedash shows, since they are no secrets. */
    private static final Set<String> NO_SECRETS = noSecrets();

    private static List<String> names(SourceSystem system) {
        List<String> names = new ArrayList<>(List.of("postgresql", ""));
        KindCatalog.standard().all().forEach(kind -> {
            if (kind.systemNames().containsKey(system)) {
                names.add(kind.systemNames().get(system));
            }
        });
        return names;
    }

    private static List<String> keys() {
        Set<String> keys = new TreeSet<>(List.of(
                "name",
                "displayName",
                "type",
                "dialect",
                "datasourceType",
                "credentials",
                "tenancySettings",
                "tenancyLevel",
                "clientColumnType",
                "schemaName",
                "tableName",
                "tableClientNameColumn",
                "tablePrimaryKeyColumn",
                "input",
                "datasourceId",
                "mode",
                "groupIds",
                "memberIds",
                "unsetPassword",
                "unsetSshPrivateKey",
                "unknown",
                ""));
        for (KindDefinition kind : KindCatalog.standard().all()) {
            kind.fields()
                    .forEach(field -> field.aliases().stream()
                            .filter(alias -> alias.system() != SourceSystem.CHALK)
                            .map(FieldAlias::key)
                            .forEach(keys::add));
        }
        return List.copyOf(keys);
    }

    private static Set<String> noSecrets() {
        Set<String> shown = new TreeSet<>(KEYS);
        shown.removeAll(Set.of("unknown", ""));
        for (KindDefinition kind : KindCatalog.standard().all()) {
            kind.fields().stream()
                    .filter(field -> field.secret())
                    .forEach(field -> field.aliases().forEach(alias -> shown.remove(alias.key())));
        }
        return shown;
    }

    @AfterContainer
    static void close() {
        SERVER.close();
    }

    @BeforeTry
    void reset() {
        SERVER.reset();
    }

    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    @Property(tries = 120)
    @Label("DataBrain never fails, and never shows a value of credentials or a value at the wrong place")
    void databrain(@ForAll Random random) {
        Rest client = new Rest(SERVER, DATABRAIN);
        List<KindDefinition> kinds = KindCatalog.standard().all().stream()
                .filter(any -> any.systemNames().containsKey(DATABRAIN))
                .toList();
        KindDefinition kind = kinds.get(random.nextInt(kinds.size()));
        for (String call : new String[] {"POST ", "PUT ", "POST /sync", "POST /getDatasourceProgress"}) {
            String[] parts = call.split(" ", -1);
            JsonObject body = random.nextInt(4) == 0 ? object(random, 3, SHOWN) : datasource(random, kind);
            Reply reply = client.send(parts[0], DATASOURCE + parts[1], body.toString());
            Statistics.label(call).collect(safe(reply).status());
        }
        Statistics.label("POST ").coverage(coverage -> coverage.check(200).percentage(percent -> percent > 1));
        Statistics.label("PUT ").coverage(coverage -> coverage.check(200).percentage(percent -> percent > 1));
        safe(client.get(DATASOURCE + "?" + query(random)));
        safe(client.get(DATASOURCE + "/schema?" + query(random)));
        safe(client.delete(DATASOURCE + "?" + query(random)));
        safe(new Rest(SERVER, BASEDASH).get(DATA_SOURCES));
    }

    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    @Property(tries = 120)
    @Label("Basedash never fails, and never shows a value of a secret field or a value at the wrong place")
    void basedash(@ForAll Random random) {
        Rest client = new Rest(SERVER, BASEDASH);
        Reply made = safe(client.post(DATA_SOURCES, connection(random).toString()));
        String id = made.status() == 201 ? made.text("data", "id") : "nobody";
        Statistics.label("create").collect(made.status());
        Statistics.label("create").coverage(coverage -> coverage.check(201).percentage(percent -> percent > 1));
        safe(client.post(DATA_SOURCES + "/verify", connection(random).toString()));
        safe(client.patch(DATA_SOURCES + "/" + id, object(random, 2, NO_SECRETS).toString()));
        safe(client.put(
                DATA_SOURCES + "/" + id + "/access",
                object(random, 2, Set.of("groupIds", "memberIds")).toString()));
        safe(client.post(ORGANIZATIONS, object(random, 2, SHOWN).toString()));
        safe(client.get(DATA_SOURCES + "?" + query(random)));
        Reply list = safe(client.get(DATA_SOURCES));
        BasedashSchemas.assertValid("DataSourcePage", list.text());
        safe(new Rest(SERVER, DATABRAIN).get(DATASOURCE));
    }

    /** A body with all that its type wants, and some more; one time in three with one value changed. */
    private static JsonObject datasource(Random random, KindDefinition kind) {
        JsonObject credentials = object(random, 1, NO_SECRETS);
        for (FieldDefinition field : kind.fields()) {
            for (FieldAlias alias : field.aliases(DATABRAIN)) {
                credentials.remove(alias.key());
                if (alias.requirement() != Requirement.OPTIONAL) {
                    credentials.add(alias.key(), good(field, alias));
                }
            }
        }
        credentials.addProperty("name", random.nextInt(8) == 0 ? "other" : "n0");
        if (random.nextInt(3) == 0) {
            String key = List.copyOf(credentials.keySet()).get(random.nextInt(credentials.size()));
            credentials.add(key, value(random, 2, !NO_SECRETS.contains(key), NO_SECRETS));
        }
        JsonObject body = new JsonObject();
        body.addProperty("datasourceType", kind.systemNames().get(DATABRAIN));
        body.add("credentials", credentials);
        if (random.nextInt(4) == 0) {
            body.add("tenancySettings", object(random, 1, SHOWN));
        }
        return body;
    }

    private static JsonElement good(FieldDefinition field, FieldAlias alias) {
        if (alias.transform() instanceof ValueTransform.Words words) {
            return new JsonPrimitive(words.values().keySet().iterator().next());
        }
        return switch (field.type()) {
            case INTEGER -> new JsonPrimitive(5432);
            case BOOLEAN -> new JsonPrimitive(true);
            case ENUM ->
                new JsonPrimitive(field.constraint(Constraint.OneOf.class)
                        .orElseThrow()
                        .values()
                        .get(0));
            default -> new JsonPrimitive(field.secret() ? SECRET : "plain");
        };
    }

    private static JsonObject connection(Random random) {
        JsonObject body = object(random, 2, NO_SECRETS);
        if (random.nextInt(4) > 0) {
            body.addProperty("type", "direct");
            body.addProperty("dialect", DIALECTS.get(random.nextInt(DIALECTS.size())));
            body.addProperty("displayName", "n");
        }
        return body;
    }

    private static Reply safe(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isLessThan(500);
        assertThat(reply.text()).doesNotContain(SECRET);
        if (reply.status() >= 400) {
            assertThat(reply.json().keySet()).containsExactly("error");
        }
        return reply;
    }

    private static String query(Random random) {
        StringBuilder query = new StringBuilder();
        for (String name : List.of("datasourceName", "isPagination", "pageNumber", "limit", "cursor")) {
            if (random.nextBoolean()) {
                query.append(name)
                        .append('=')
                        .append(URLEncoder.encode(text(random, true), StandardCharsets.UTF_8))
                        .append('&');
            }
        }
        return query.toString();
    }

    /** @param shown keys whose values may be shown, so that the secret is not planted there */
    private static JsonObject object(Random random, int depth, Set<String> shown) {
        JsonObject object = new JsonObject();
        for (int i = random.nextInt(12); i >= 0; i--) {
            String key = KEYS.get(random.nextInt(KEYS.size()));
            object.add(key, value(random, depth, !shown.contains(key), shown));
        }
        return object;
    }

    private static JsonElement value(Random random, int depth, boolean plant, Set<String> shown) {
        return switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0 -> new JsonPrimitive(random.nextBoolean());
            case 1 -> new JsonPrimitive(random.nextInt(70_000) - 1_000);
            case 2 -> number(random);
            case 3 -> JsonNull.INSTANCE;
            case 7 -> {
                JsonArray array = new JsonArray();
                array.add(value(random, depth - 1, plant, shown));
                array.add(value(random, depth - 1, plant, shown));
                yield array;
            }
            case 8, 9 -> object(random, depth - 1, shown);
            default -> new JsonPrimitive(text(random, !plant));
        };
    }

    /** Numbers that are awkward in Java. */
    private static JsonElement number(Random random) {
        List<String> numbers = List.of("1e400", "-0.0", "1e-400", "9223372036854775808", "5432.0", "1.5", "1E5", "-1");
        return JsonParser.parseString(numbers.get(random.nextInt(numbers.size())));
    }

    private static String text(Random random, boolean shown) {
        return switch (random.nextInt(shown ? 6 : 12)) {
            case 0 -> "";
            case 1 -> "enable";
            case 2 -> "a\u0000\ud800b";
            case 3 -> "n" + random.nextInt(3);
            case 4 -> "TABLE";
            case 5 -> "everyone";
            default -> SECRET;
        };
    }
}
