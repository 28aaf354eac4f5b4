package dev.headwater.core.internal.kind;

import static dev.headwater.spi.SourceSystem.BASEDASH;
import static dev.headwater.spi.SourceSystem.CHALK;
import static dev.headwater.spi.SourceSystem.DATABRAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.KindCatalog;
import dev.headwater.spi.FieldAlias;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.FieldType;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.Requirement;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.ValueTransform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SystemProfileTest {

    private static List<String> findings(SourceSystem system, String kind, Map<String, ?> config) {
        return KindCatalog.standard().validate(system, kind, config).violations().stream()
                .map(violation -> violation.field() + " " + violation.code())
                .toList();
    }

    static List<KindDefinition> databrainKinds() {
        return SampleConfigs.kinds().stream()
                .filter(kind -> kind.systemNames().containsKey(DATABRAIN))
                .toList();
    }

    @Test
    @DisplayName("Chalk takes any key and any text, and wants what its typed resources require")
    void chalk() {
        assertThat(findings(CHALK, "POSTGRESQL", Map.of("ANY", "x", "PGHOST", LinkedSecretRef.of("h"))))
                .containsExactly("PGPORT required", "PGDATABASE required", "PGUSER required");
        assertThat(findings(CHALK, "SNOWFLAKE", Map.of())).isEmpty();
        assertThat(findings(CHALK, "MYSQL", Map.of("MYSQL_TCP_PORT", 3306))).containsExactly("MYSQL_TCP_PORT not-text");
    }

    @ParameterizedTest
    @MethodSource("databrainKinds")
    @DisplayName("DataBrain wants the name and every required key of the type, each time")
    void databrain(KindDefinition kind) {
        List<String> required = kind.fields().stream()
                .flatMap(field -> field.aliases(DATABRAIN).stream())
                .filter(alias -> alias.requirement() == Requirement.REQUIRED)
                .map(FieldAlias::key)
                .toList();
        assertThat(findings(DATABRAIN, kind.id(), Map.of()))
                .contains("name required")
                .containsAll(required.stream().map(key -> key + " required").toList());

        Map<String, Object> whole = new LinkedHashMap<>(Map.of("name", "n"));
        for (FieldDefinition field : kind.fields()) {
            for (FieldAlias alias : field.aliases(DATABRAIN)) {
                if (alias.requirement() != Requirement.OPTIONAL) {
                    whole.put(alias.key(), value(field, alias));
                }
            }
        }
        assertThat(findings(DATABRAIN, kind.id(), whole)).isEmpty();
    }

    private static Object value(FieldDefinition field, FieldAlias alias) {
        if (alias.transform() instanceof ValueTransform.Words words) {
            return words.values().keySet().iterator().next();
        }
        return field.type() == FieldType.INTEGER ? (Object) 5432.0 : SampleConfigs.value(field);
    }

    @Test
    @DisplayName("DataBrain's conditions and types are its own: no null, numbers as numbers, a key for a tunnel")
    void databrainTypes() {
        Map<String, Object> config = new LinkedHashMap<>(Map.of(
                "name", "n",
                "host", "any text at all",
                "port", "5432",
                "username", "u",
                "password", "",
                "database", "d",
                "schema", "s",
                "sshTunnel", "enable",
                "unknown", true));
        assertThat(findings(DATABRAIN, "postgres", config))
                .containsExactly(
                        "port not-a-number",
                        "password empty",
                        "sshHost required",
                        "sshPort required",
                        "sshUsername required",
                        "sshPrivateKey required");
        config.put("sshTunnel", true);
        config.put("port", 70_000);
        config.put("password", null);
        assertThat(findings(DATABRAIN, "postgres", config))
                .containsExactly("port out-of-range", "password not-text", "sshTunnel not-one-of");

        Map<String, Object> snowflake = new LinkedHashMap<>(Map.of(
                "name",
                "n",
                "host",
                "h",
                "username",
                "u",
                "role",
                "r",
                "warehouse",
                "w",
                "database",
                "d",
                "schema",
                "s",
                "credentials",
                "Key-pair authentication"));
        assertThat(findings(DATABRAIN, "snowflake", snowflake)).containsExactly("privateKey required");

        Map<String, Object> search = new LinkedHashMap<>(
                Map.of("name", "n", "server_type", "elastic-cloud", "cloud_id", "c", "disableAuth", true));
        assertThat(findings(DATABRAIN, "opensearch", search)).containsExactly("disableAuth not-allowed");
        search.put("disableAuth", false);
        assertThat(findings(DATABRAIN, "opensearch", search)).containsExactly("username required", "password required");
    }

    @Test
    @DisplayName(
            "Basedash wants type, dialect and display name, and types by its document; its bounds are wider than ours")
    void basedash() {
        assertThat(findings(BASEDASH, "POSTGRES", Map.of()))
                .containsExactly("type required", "dialect required", "displayName required");
        Map<String, Object> body =
                new LinkedHashMap<>(Map.of("type", "direct", "dialect", "POSTGRES", "displayName", "P", "extra", 1));
        body.put("databaseName", null);
        body.put("port", 0);
        assertThat(findings(BASEDASH, "POSTGRES", body)).isEmpty();
        body.put("host", null);
        body.put("port", "5432");
        body.put("maxPoolSize", 101);
        body.put("sslEnabled", "true");
        body.put("displayName", "");
        body.put("dialect", "postgres");
        assertThat(findings(BASEDASH, "POSTGRES", body))
                .containsExactly(
                        "dialect wrong-kind",
                        "displayName empty",
                        "port not-a-number",
                        "host not-text",
                        "maxPoolSize out-of-range",
                        "sslEnabled not-a-boolean");
    }
}
