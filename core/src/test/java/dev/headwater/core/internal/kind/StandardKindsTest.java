package dev.headwater.core.internal.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.KindCatalog;
import dev.headwater.spi.FieldAlias;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.FieldType;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.Requirement;
import dev.headwater.spi.SourceSystem;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the definitions to what is known of the three systems. */
class StandardKindsTest {

    /** Required by the facts, but implied where it is not given. */
    private static final Set<String> IMPLIED = Set.of("snowflake.auth_method");

    record Fact(
            String kind,
            String field,
            String type,
            String requirement,
            boolean secret,
            String system,
            String key,
            String systemRequirement) {}

    static List<Fact> facts() throws IOException {
        return lines("kind-facts.csv")
                .map(cells -> new Fact(
                        cells[0], cells[1], cells[2], cells[3], cells[4].equals("yes"), cells[5], cells[6], cells[7]))
                .toList();
    }

    static List<String[]> names() throws IOException {
        return lines("kind-names.csv").toList();
    }

    private static Stream<String[]> lines(String resource) throws IOException {
        try (InputStream in = KindCatalog.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8)
                    .lines().skip(1).map(line -> line.split(",", -1)).toList().stream();
        }
    }

    @Test
    @DisplayName("There are the 28 kinds, under the names that the three systems have for them")
    void names28() throws IOException {
        assertThat(KindCatalog.standard().all()).hasSize(28);
        assertThat(names()).hasSize(28).allSatisfy(cells -> {
            KindDefinition kind = KindCatalog.standard().find(cells[0]).orElseThrow();
            assertThat(kind.label()).isEqualTo(cells[1]);
            for (SourceSystem system : SourceSystem.values()) {
                String name = cells[2 + system.ordinal()];
                assertThat(kind.systemNames().getOrDefault(system, "")).isEqualTo(name);
                if (!name.isEmpty()) {
                    assertThat(KindCatalog.standard().find(name)).contains(kind);
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("facts")
    @DisplayName("Every field, key and requirement of the three systems is in the definitions")
    void covers(Fact fact) {
        FieldDefinition field = KindCatalog.standard()
                .find(fact.kind)
                .orElseThrow()
                .field(fact.field)
                .orElseThrow();
        assertThat(field.secret()).isEqualTo(fact.secret);
        assertThat(types(fact.type)).contains(field.type());
        if (fact.requirement.equals("R")) {
            assertThat(field.required()
                            || field.defaultValue() != null
                            || IMPLIED.contains(fact.kind + "." + fact.field))
                    .isTrue();
        } else {
            assertThat(field.required()).isFalse();
        }
        if (!fact.system.isEmpty()) {
            SourceSystem system = SourceSystem.valueOf(fact.system.toUpperCase(Locale.ROOT));
            FieldAlias alias = field.aliases(system).get(0);
            assertThat(alias.key()).isEqualTo(fact.key);
            assertThat(alias.requirement()).isEqualTo(requirement(fact.systemRequirement));
        }
    }

    @Test
    @DisplayName("No definition has a key of the three systems that the facts do not know, beside the listed ones")
    void noOtherKeys() throws IOException {
        Set<String> known = Stream.concat(
                        facts().stream().map(fact -> fact.kind + "." + fact.field + "=" + fact.key),
                        Stream.of(
                                "postgresql.aws_iam_auth=PG_AWS_IAM_AUTH",
                                "postgresql.region=PG_AWS_REGION",
                                "postgresql.role_arn=PG_AWS_ROLE_ARN",
                                "postgresql.engine_arguments=ENGINE_ARGUMENTS",
                                "mysql.engine_arguments=ENGINE_ARGUMENTS",
                                "mssql.engine_arguments=ENGINE_ARGUMENTS",
                                "trino.engine_arguments=ENGINE_ARGUMENTS",
                                "spanner.engine_arguments=SPANNER_ENGINE_ARGUMENTS",
                                "dynamodb.engine_arguments=DYNAMODB_ENGINE_ARGUMENTS",
                                "snowflake.account=SNOWFLAKE_ACCOUNT_ID",
                                "snowflake.unload.stage=SNOWFLAKE_UNLOAD_STAGE",
                                "snowflake.unload.external_location=SNOWFLAKE_UNLOAD_EXTERNAL_LOCATION",
                                "bigquery.temp.project=BQ_TEMP_PROJECT",
                                "bigquery.temp.dataset=BQ_TEMP_DATASET",
                                "kafka.dead_letter_queue=KAFKA_DEAD_LETTER_QUEUE_TOPIC"))
                .collect(Collectors.toSet());
        Stream<String> defined = KindCatalog.standard().all().stream()
                .flatMap(kind -> kind.fields().stream()
                        .flatMap(field -> field.aliases().stream()
                                .map(alias -> kind.id() + "." + field.key() + "=" + alias.key())));
        assertThat(defined).allSatisfy(entry -> assertThat(known).contains(entry));
    }

    @Test
    @DisplayName("No kind lets a driver property load code, read files or open other connections")
    void noDangerousProperties() {
        assertThat(KindCatalog.standard().all())
                .flatMap(KindDefinition::extraProperties)
                .map(property -> property.toLowerCase(Locale.ROOT))
                .noneMatch(property -> property.matches(
                        ".*(factory|class|plugin|interceptor|logger|infile|deserialize|proxy|keystore|truststore|"
                                + "sslcert|sslkey|sslrootcert|jaas|kerberos|extension|password|token|credential).*"))
                .doesNotContain("options", "allowpublickeyretrieval", "allowmultiqueries");
    }

    @Test
    @DisplayName("Every code of a violation is explained on the page of kinds")
    void codesAreExplained() throws IllegalAccessException {
        String page = KindReference.index(KindCatalog.standard().all());
        for (Field code : Codes.class.getDeclaredFields()) {
            assertThat(page).contains("`" + code.get(null) + "`");
        }
    }

    private static Set<FieldType> types(String type) {
        return switch (type) {
            case "int" -> Set.of(FieldType.INTEGER);
            case "bool" -> Set.of(FieldType.BOOLEAN);
            case "enum" -> Set.of(FieldType.ENUM);
            case "duration" -> Set.of(FieldType.DURATION);
            case "json-string" -> Set.of(FieldType.JSON);
            default -> Set.of(FieldType.TEXT, FieldType.TEXT_BLOCK);
        };
    }

    private static Requirement requirement(String letter) {
        return switch (letter) {
            case "R" -> Requirement.REQUIRED;
            case "C" -> Requirement.CONDITIONAL;
            case "O" -> Requirement.OPTIONAL;
            default -> Requirement.EXPECTED;
        };
    }
}
