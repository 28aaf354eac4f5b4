package dev.headwater.fakeserver.internal.basedash;

import com.google.gson.JsonObject;
import dev.headwater.fakeserver.internal.FakeSource;
import dev.headwater.fakeserver.internal.Seeds;
import dev.headwater.fakeserver.internal.Translator;
import dev.headwater.fakeserver.internal.rest.SourceFacts;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.HealthStatus;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.SyncState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A data source as Basedash shows it: 35 fields, none of them secret. */
final class DataSourceJson {

    /** The config keys of the create call. */
    static final Set<String> KEYS = Set.of(
            "host",
            "port",
            "databaseName",
            "username",
            "password",
            "sslEnabled",
            "maxPoolSize",
            "sshEnabled",
            "sshHost",
            "sshPort",
            "sshUsername",
            "sshPassword",
            "sshPrivateKey",
            "sshPrivateKeyPassphrase",
            "snowflakeAccountId",
            "snowflakeWarehouse",
            "snowflakeRole",
            "snowflakePrivateKey",
            "snowflakePrivateKeyPassphrase",
            "bigQueryProjectId",
            "bigQueryJsonKey",
            "spannerInstanceId",
            "athenaWorkgroup",
            "athenaOutputLocation",
            "athenaCatalog");

    private static final List<String> LATER_TEXTS = List.of(
            "bigQueryProjectId",
            "spannerInstanceId",
            "athenaWorkgroup",
            "athenaOutputLocation",
            "athenaCatalog",
            "snowflakeAccountId",
            "snowflakeWarehouse",
            "snowflakeRole");

    /** As JavaScript prints times: always in milliseconds. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private DataSourceJson() {}

    /** The data source, whose kind must be one that Basedash has. */
    static JsonObject of(FakeSource source, Translator translator) {
        Map<String, Object> config = translator.config(source, SourceSystem.BASEDASH);
        JsonObject json = new JsonObject();
        json.addProperty("id", source.id());
        json.addProperty("displayName", text(source, Seeds.DISPLAY_NAME, source.name()));
        json.addProperty("description", text(source, Seeds.DESCRIPTION, ""));
        json.addProperty(
                "dialect",
                translator.kindName(source.kind(), SourceSystem.BASEDASH).orElseThrow());
        texts(json, config, List.of("databaseName", "username", "host"));
        number(json, config, "port");
        flag(json, config, "sslEnabled");
        json.addProperty("sslCustomCertificatesEnabled", false);
        flag(json, config, "sshEnabled");
        texts(json, config, List.of("sshHost"));
        number(json, config, "sshPort");
        texts(json, config, List.of("sshUsername"));
        texts(json, config, LATER_TEXTS);
        observed(json, source);
        json.addProperty("isDemo", false);
        json.addProperty("isBasedashWarehouse", false);
        json.addProperty("mutatingQueriesEnabled", false);
        json.addProperty("createdAt", TIME.format(source.createdAt()));
        json.addProperty("updatedAt", TIME.format(source.updatedAt()));
        return json;
    }

    private static void observed(JsonObject json, FakeSource source) {
        SyncState sync = SourceFacts.sync(source);
        HealthState health = SourceFacts.health(source);
        json.addProperty("lastSuccessfulSyncAt", time(sync.lastSuccessAt()));
        json.addProperty("lastSyncStatus", sync.status().name());
        json.addProperty("lastSyncAttemptAt", time(sync.lastAttemptAt()));
        json.addProperty("hasCompletedFirstSync", sync.firstSyncDone());
        json.addProperty("syncErrorMessage", sync.error());
        // These are never null: a data source that was never tried counts as healthy since it was made.
        Instant healthy = health.lastHealthyAt() == null ? source.createdAt() : health.lastHealthyAt();
        Instant tried = health.lastAttemptAt() == null ? source.createdAt() : health.lastAttemptAt();
        json.addProperty("lastHealthyAt", TIME.format(healthy));
        json.addProperty("lastHealthStatus", health.status() == HealthStatus.UNHEALTHY ? "UNHEALTHY" : "HEALTHY");
        json.addProperty("lastHealthCheckAttemptAt", TIME.format(tried));
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : TIME.format(instant);
    }

    private static String text(FakeSource source, String fact, String otherwise) {
        return source.facts().get(fact) instanceof String text ? text : otherwise;
    }

    /** What another face took is shown if it is of the type that Basedash knows. */
    private static void texts(JsonObject json, Map<String, Object> config, List<String> keys) {
        keys.forEach(key -> json.addProperty(key, config.get(key) instanceof String text ? text : null));
    }

    private static void number(JsonObject json, Map<String, Object> config, String key) {
        json.addProperty(key, config.get(key) instanceof Number number ? number : null);
    }

    private static void flag(JsonObject json, Map<String, Object> config, String key) {
        json.addProperty(key, config.get(key) instanceof Boolean flag ? flag : null);
    }
}
