package dev.headwater.fakeserver.internal.databrain;

import com.google.gson.JsonObject;
import dev.headwater.core.KindCatalog;
import dev.headwater.core.TenancyFormat;
import dev.headwater.fakeserver.internal.rest.Values;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.TenancySettings;
import dev.headwater.spi.ValidationResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The body of a create or update call, checked by DataBrain's own rules.
 *
 * @param type DataBrain's name of the kind
 * @param kind the kind
 * @param name the name, which stands among the credentials
 * @param credentials the credentials without the name, as they were given
 * @param tenancy the tenancy settings; null if none were given
 */
record DatasourceBody(
        String type,
        KindDefinition kind,
        String name,
        Map<String, @Nullable Object> credentials,
        @Nullable TenancySettings tenancy) {

    private static final Map<String, KindDefinition> TYPES = types();
    private static final List<String> TENANCY_KEYS = List.of(
            "tenancyLevel",
            "clientColumnType",
            "schemaName",
            "tableName",
            "tableClientNameColumn",
            "tablePrimaryKeyColumn");

    private static Map<String, KindDefinition> types() {
        Map<String, KindDefinition> types = new TreeMap<>();
        for (KindDefinition kind : KindCatalog.standard().all()) {
            String name = kind.systemNames().get(SourceSystem.DATABRAIN);
            if (name != null) {
                types.put(name, kind);
            }
        }
        return types;
    }

    /** @throws DataBrainRefusal with all that is wrong */
    static DatasourceBody read(JsonObject json) {
        List<String> problems = new ArrayList<>();
        Map<String, @Nullable Object> body = Values.of(json);
        Optional<String> type = type(body, problems);
        Map<String, @Nullable Object> credentials = members(body, "credentials", problems);
        if (!body.containsKey("credentials")) {
            problems.add(JoiWords.required("credentials"));
        }
        String name = "";
        if (credentials != null) {
            name = name(credentials, problems);
            type.map(TYPES::get).ifPresent(kind -> check(kind, credentials, problems));
        }
        TenancySettings tenancy = tenancy(body, problems);
        if (!problems.isEmpty()) {
            throw new DataBrainRefusal(DataBrainCode.INVALID_REQUEST_BODY, String.join(". ", problems));
        }
        Map<String, @Nullable Object> config =
                new LinkedHashMap<>(credentials == null ? Map.<String, @Nullable Object>of() : credentials);
        config.remove("name");
        return new DatasourceBody(type.orElseThrow(), type.map(TYPES::get).orElseThrow(), name, config, tenancy);
    }

    private static Optional<String> type(Map<String, @Nullable Object> body, List<String> problems) {
        Object type = body.get("datasourceType");
        if (!body.containsKey("datasourceType")) {
            problems.add(JoiWords.required("datasourceType"));
        } else if (!(type instanceof String text)) {
            problems.add(JoiWords.notText("datasourceType"));
        } else if (!TYPES.containsKey(text)) {
            problems.add(JoiWords.notOneOf("datasourceType", TYPES.keySet()));
        } else {
            return Optional.of(text);
        }
        return Optional.empty();
    }

    private static @Nullable Map<String, @Nullable Object> members(
            Map<String, @Nullable Object> body, String key, List<String> problems) {
        Object value = body.get(key);
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put(String.valueOf(name), member));
            return members;
        }
        if (body.containsKey(key)) {
            problems.add(JoiWords.notAnObject(key));
        }
        return null;
    }

    /** The name is checked apart, since it is wanted whatever the type. */
    private static String name(Map<String, @Nullable Object> credentials, List<String> problems) {
        String path = "credentials.name";
        if (!credentials.containsKey("name")) {
            problems.add(JoiWords.required(path));
        } else if (!(credentials.get("name") instanceof String name)) {
            problems.add(JoiWords.notText(path));
        } else if (name.isEmpty()) {
            problems.add(JoiWords.empty(path));
        } else if (!fits(name)) {
            problems.add(
                    '"' + path + "\" must be one line of at most " + DataSourceSpec.MAX_NAME_LENGTH + " characters");
        } else {
            return name;
        }
        return "";
    }

    /** Whether the registry can hold the name; the limits of DataBrain itself are not known. */
    private static boolean fits(String name) {
        return name.length() <= DataSourceSpec.MAX_NAME_LENGTH
                && name.codePoints()
                        .noneMatch(c -> Character.isISOControl(c)
                                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private static void check(KindDefinition kind, Map<String, @Nullable Object> credentials, List<String> problems) {
        ValidationResult result = KindCatalog.standard().validate(SourceSystem.DATABRAIN, kind.id(), credentials);
        result.violations().stream()
                .filter(violation -> !violation.field().equals("name"))
                .forEach(violation -> problems.add(JoiWords.of("credentials", violation, kind)));
    }

    private static @Nullable TenancySettings tenancy(Map<String, @Nullable Object> body, List<String> problems) {
        Map<String, @Nullable Object> settings = members(body, "tenancySettings", problems);
        if (settings == null) {
            return null;
        }
        settings.keySet().retainAll(TENANCY_KEYS);
        ValidationResult result = TenancyFormat.validate(settings);
        result.violations().forEach(violation -> problems.add(tenancyWords(violation.field(), violation.code())));
        return result.valid() ? TenancyFormat.parse(settings) : null;
    }

    private static String tenancyWords(String key, String code) {
        String path = "tenancySettings." + key;
        return switch (code) {
            case "required" -> JoiWords.required(path);
            case "not-text" -> JoiWords.notText(path);
            case "empty" -> JoiWords.empty(path);
            case "not-one-of" ->
                JoiWords.notOneOf(
                        path, key.equals("tenancyLevel") ? List.of("TABLE", "DATABASE") : List.of("NUMBER", "STRING"));
            default -> '"' + path + "\" is not valid";
        };
    }

    /** The name; nothing that may hold a secret. */
    @Override
    public String toString() {
        return "DatasourceBody[" + type + " " + name + "]";
    }
}
