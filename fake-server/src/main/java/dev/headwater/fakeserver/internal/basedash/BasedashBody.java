package dev.headwater.fakeserver.internal.basedash;

import com.google.gson.JsonObject;
import dev.headwater.core.KindCatalog;
import dev.headwater.fakeserver.internal.rest.Values;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The bodies of Basedash's calls about data sources, checked as its OpenAPI document says and no more strictly. */
final class BasedashBody {

    private static final Map<String, KindDefinition> DIALECTS = dialects();

    /** Secrets that a patch can take away, each by the key {@code unset…}. */
    private static final List<String> UNSETTABLE =
            List.of("password", "sshPassword", "sshPrivateKey", "sshPrivateKeyPassphrase");

    private BasedashBody() {}

    private static Map<String, KindDefinition> dialects() {
        Map<String, KindDefinition> dialects = new TreeMap<>();
        for (KindDefinition kind : KindCatalog.standard().all()) {
            String name = kind.systemNames().get(SourceSystem.BASEDASH);
            if (name != null) {
                dialects.put(name, kind);
            }
        }
        return dialects;
    }

    /**
     * A data source to be made, or a connection to be tried.
     *
     * @param displayName empty for a connection to be tried
     * @param config by Basedash's keys, defaults included; what is unknown is left out
     */
    record Connection(KindDefinition kind, String displayName, Map<String, Object> config) {

        /** The kind; nothing that may hold a secret. */
        @Override
        public String toString() {
            return "Connection[" + kind.id() + "]";
        }
    }

    /**
     * A change of a data source.
     *
     * @param displayName null to keep it
     * @param set new values by Basedash's keys
     * @param unset the keys that are to have no value any more
     */
    record Change(@Nullable String displayName, Map<String, Object> set, Set<String> unset) {

        /** The keys; nothing that may hold a secret. */
        @Override
        public String toString() {
            return "Change[set " + set.keySet() + ", unset " + unset + "]";
        }
    }

    /** @throws BasedashRefusal with all that is wrong */
    static Connection create(JsonObject json) {
        Map<String, @Nullable Object> body = Values.of(json);
        return connection(body, body);
    }

    /** @throws BasedashRefusal with all that is wrong */
    static Connection verify(JsonObject json) {
        Map<String, @Nullable Object> body = Values.of(json);
        Map<String, @Nullable Object> whole = new LinkedHashMap<>(body);
        whole.put("type", "direct");
        whole.put("displayName", "a connection");
        return connection(body, whole);
    }

    private static Connection connection(Map<String, @Nullable Object> body, Map<String, @Nullable Object> whole) {
        List<String> problems = new ArrayList<>();
        KindDefinition kind = dialect(body, problems);
        problems.addAll(problems(whole));
        refuse(problems);
        Map<String, Object> config = given(body);
        config.putIfAbsent("sslEnabled", true);
        config.putIfAbsent("sshEnabled", false);
        String displayName = body.get("displayName") instanceof String text ? text : "";
        // refuse() has ended the call if the dialect is not known
        return new Connection(Objects.requireNonNull(kind), displayName, config);
    }

    /** @throws BasedashRefusal with all that is wrong */
    static Change patch(JsonObject json) {
        Map<String, @Nullable Object> body = Values.of(json);
        List<String> problems = new ArrayList<>();
        if (body.containsKey("dialect")) {
            problems.add("dialect cannot be changed");
        }
        Map<String, @Nullable Object> whole = new LinkedHashMap<>(body);
        whole.put("type", "direct");
        whole.putIfAbsent("displayName", body.containsKey("displayName") ? null : "any");
        problems.addAll(problems(whole));
        Set<String> unset = unset(body, problems);
        refuse(problems);
        if (body.containsKey("databaseName") && body.get("databaseName") == null) {
            unset.add("databaseName");
        }
        return new Change(body.get("displayName") instanceof String text ? text : null, given(body), unset);
    }

    private static Set<String> unset(Map<String, @Nullable Object> body, List<String> problems) {
        Set<String> unset = new LinkedHashSet<>();
        for (String key : UNSETTABLE) {
            String flag = "unset" + Character.toUpperCase(key.charAt(0)) + key.substring(1);
            if (body.containsKey(flag) && !(body.get(flag) instanceof Boolean)) {
                problems.add(flag + " must be a boolean");
            } else if (Boolean.TRUE.equals(body.get(flag))) {
                unset.add(key);
                if (body.containsKey(key)) {
                    problems.add(key + " and " + flag + " exclude each other");
                }
            }
        }
        return unset;
    }

    private static @Nullable KindDefinition dialect(Map<String, @Nullable Object> body, List<String> problems) {
        Object dialect = body.get("dialect");
        if (!body.containsKey("dialect")) {
            problems.add("dialect is required");
        } else if (!(dialect instanceof String name) || !DIALECTS.containsKey(name)) {
            problems.add("dialect must be one of " + String.join(", ", DIALECTS.keySet()));
        } else {
            return DIALECTS.get(name);
        }
        return null;
    }

    /** What is wrong with all but the dialect: what is wanted is the same for every dialect. */
    private static List<String> problems(Map<String, @Nullable Object> whole) {
        Map<String, @Nullable Object> checked = new LinkedHashMap<>(whole);
        checked.put("dialect", "POSTGRES");
        return KindCatalog.standard().validate(SourceSystem.BASEDASH, "POSTGRES", checked).violations().stream()
                .map(BasedashBody::words)
                .toList();
    }

    /** Without what was given, which may be a secret at the wrong place. */
    private static String words(Violation violation) {
        String key = violation.field();
        return key
                + switch (violation.code()) {
                    case "required" -> " is required";
                    case "empty" -> " must not be empty";
                    case "not-text" -> " must be a string";
                    case "not-a-boolean" -> " must be a boolean";
                    case "not-a-number" -> " must be an integer";
                    case "out-of-range" -> " must be from " + (key.equals("maxPoolSize") ? "1 to 100" : "0 to 65535");
                    default ->
                        key.equals("type") ? " must be direct: only direct connections are supported" : " is not valid";
                };
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new BasedashRefusal(BasedashTitle.VALIDATION_ERROR, String.join("; ", problems));
        }
    }

    private static Map<String, Object> given(Map<String, @Nullable Object> body) {
        Map<String, Object> config = new LinkedHashMap<>();
        body.forEach((key, value) -> {
            if (value != null && DataSourceJson.KEYS.contains(key)) {
                config.put(key, value);
            }
        });
        return config;
    }
}
