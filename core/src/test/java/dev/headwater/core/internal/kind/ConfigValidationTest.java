package dev.headwater.core.internal.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.KindCatalog;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.ValidationResult;
import dev.headwater.spi.Violation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigValidationTest {

    static List<KindDefinition> kinds() {
        return SampleConfigs.kinds();
    }

    private static ValidationResult validate(String kind, Map<String, ? extends @Nullable Object> config) {
        return KindCatalog.standard().validate(kind, config);
    }

    private static Map<String, @Nullable Object> postgres(Object... keysAndValues) {
        Map<String, @Nullable Object> config =
                new LinkedHashMap<>(Map.of("host", "db", "database", "d", "username", "u"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            config.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return config;
    }

    private static String only(ValidationResult result) {
        assertThat(result.violations()).hasSize(1);
        return result.violations().get(0).message();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @DisplayName("The minimal config of every kind is valid, and the shared result is returned")
    void minimal(KindDefinition kind) {
        assertThat(validate(kind.id(), SampleConfigs.minimal(kind))).isSameAs(ValidationResult.VALID);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @DisplayName("Every required field that is missing, or null, is reported, all at once")
    void missing(KindDefinition kind) {
        List<String> required = kind.fields().stream()
                .filter(FieldDefinition::required)
                .map(FieldDefinition::key)
                .toList();
        for (String key : required) {
            Map<String, Object> config = SampleConfigs.minimal(kind);
            config.remove(key);
            assertThat(validate(kind.id(), config).violations()).anySatisfy(violation -> {
                assertThat(violation.field()).isEqualTo(key);
                assertThat(violation.code()).isEqualTo("required");
            });
        }
        Map<String, @Nullable Object> nulls = new HashMap<>();
        required.forEach(key -> nulls.put(key, null));
        assertThat(validate(kind.id(), nulls).violations())
                .extracting(Violation::field)
                .containsAll(required);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @DisplayName("Every field takes a good value under its canonical key and, if it is read alike, under every alias")
    void everyFieldAndAlias(KindDefinition kind) {
        CompiledKind compiled = new CompiledKind(kind);
        for (FieldDefinition field : kind.fields()) {
            Object value = SampleConfigs.value(field);
            ParsedConfig canonical = compiled.parse(Map.of(field.key(), value));
            assertThat(canonical.result().valid()).isTrue();
            assertThat(canonical.values()).containsOnlyKeys(field.key());
            field.aliases().stream()
                    .filter(alias ->
                            alias.transform().linkable() && alias.transform().equals(field.transform()))
                    .forEach(alias -> assertThat(compiled.parse(Map.of(alias.key(), value)))
                            .isEqualTo(canonical));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @DisplayName("Any field can be linked by its canonical key")
    void linked(KindDefinition kind) {
        LinkedSecretRef link = LinkedSecretRef.of("prod/db");
        for (FieldDefinition field : kind.fields()) {
            assertThat(new CompiledKind(kind)
                            .parse(Map.of(field.key(), link))
                            .values()
                            .get(field.key()))
                    .isInstanceOf(ParsedValue.Link.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PGHOTS,PGHOST",
        "passwrd,password",
        "pg_host,PGHOST",
        "ssl_enabled,ssl.enabled",
        "databse,database",
        "ssl,ssl.enabled",
        "sshTunel,sshTunnel",
        "maxpoolsize,maxPoolSize",
        "user,username"
    })
    @DisplayName("An unknown key is named with the nearest known one")
    void suggestions(String given, String nearest) {
        Violation violation =
                validate("postgresql", postgres(given, "x")).violations().get(0);
        assertThat(violation.code()).isEqualTo("unknown-field");
        assertThat(violation.suggestion()).isEqualTo(nearest);
        assertThat(violation.message())
                .isEqualTo("postgresql has no field " + given + "; did you mean " + nearest + "?");
    }

    @Test
    @DisplayName("An unknown key with nothing near it has no suggestion")
    void noSuggestion() {
        assertThat(validate("postgresql", postgres("frobnicate", "x")).violations())
                .containsExactly(Violation.of("frobnicate", "unknown-field", "postgresql has no field frobnicate"));
    }

    @Test
    @DisplayName("A field given by two of its keys is refused, a null beside it is not")
    void twice() {
        assertThat(only(validate("postgresql", postgres("PGHOST", "other"))))
                .isEqualTo("host is given twice, the second time as PGHOST");
        assertThat(validate("postgresql", postgres("databaseName", null)).valid())
                .isTrue();
    }

    @Test
    @DisplayName("Nested maps and dotted keys mean the same")
    void nested() {
        CompiledKind kind =
                new CompiledKind(KindCatalog.standard().find("postgresql").orElseThrow());
        Map<String, Object> dotted = Map.of(
                "ssl.enabled", true, "extraProperties.ApplicationName", "app", "extraProperties.connectTimeout", 5);
        Map<String, Object> nested = Map.of(
                "ssl", Map.of("enabled", "TRUE"),
                "extraProperties", Map.of("ApplicationName", "app", "connectTimeout", "5"));
        assertThat(kind.parse(nested)).isEqualTo(kind.parse(dotted));
        assertThat(kind.parse(dotted).values())
                .containsEntry("extraProperties.connectTimeout", new ParsedValue.Plain("5"));
        assertThat(only(validate("postgresql", postgres("ssl", Map.of("enabld", true)))))
                .isEqualTo("postgresql has no field ssl.enabld; did you mean ssl.enabled?");
    }

    @Test
    @DisplayName("Numbers and booleans may be text or JSON numbers; anything else is told what was expected")
    void scalars() {
        assertThat(validate("postgresql", postgres("port", "5432", "ssl.enabled", "false", "pool.max_size", 5.0))
                        .valid())
                .isTrue();
        assertThat(only(validate("postgresql", postgres("port", "54x"))))
                .isEqualTo("port must be a whole number from 1 to 65535, got \"54x\"");
        assertThat(only(validate("postgresql", postgres("port", 5.5)))).endsWith("got 5.5");
        assertThat(only(validate("postgresql", postgres("port", 0)))).endsWith("from 1 to 65535, got 0");
        assertThat(only(validate("postgresql", postgres("port", "99999999999999999999"))))
                .endsWith("got \"99999999999999999999\"");
        assertThat(only(validate("postgresql", postgres("port", List.of(1))))).endsWith("got a list");
        assertThat(only(validate("postgresql", postgres("ssl.enabled", "yes"))))
                .isEqualTo("ssl.enabled must be true or false, got \"yes\"");
        assertThat(only(validate("postgresql", postgres("schema", 7)))).isEqualTo("schema must be text, got a number");
        assertThat(only(validate("postgresql", postgres("schema", ""))))
                .isEqualTo("schema must not be empty; leave it out, or give null, if there is none");
        assertThat(only(validate("postgresql", postgres("schema", "a\nb"))))
                .isEqualTo("schema must be one line without control characters, got \"a?b\"");
        assertThat(only(validate("postgresql", postgres("schema", "x".repeat(70_000)))))
                .isEqualTo("schema must have at most 65536 characters, has 70000");
        assertThat(only(validate(
                        "kinesis", Map.of("region", "us-east-1", "stream_name", "s", "late_arrival_deadline", "soon"))))
                .isEqualTo(
                        "late_arrival_deadline must be a length of time such as 1hr30m40s or 30m, or infinity, got \"soon\"");
    }

    @ParameterizedTest
    @CsvSource({
        "db.example.com,yes",
        "10.0.0.1,yes",
        "::1,yes",
        "2001:db8::7,yes",
        "db_1,yes",
        "db:5432,no",
        "https://db,no",
        "db/x?socketFactory=y,no",
        "a b,no",
        "h1;h2,no",
        "[::1],no"
    })
    @DisplayName("A host is a host name or IP address and nothing more")
    void hosts(String host, String good) {
        Map<String, @Nullable Object> config = postgres();
        config.put("host", host);
        assertThat(validate("postgresql", config).valid()).isEqualTo(good.equals("yes"));
    }

    @Test
    @DisplayName("What looks like a password in a host or URL is not repeated")
    void urlsWithCredentials() {
        Map<String, @Nullable Object> config = postgres();
        config.put("host", "user:hunter2@db");
        assertThat(only(validate("postgresql", config))).endsWith("without a port, got text of 15 characters");
        assertThat(only(validate("dynamodb", Map.of("endpoint_url", "https://user:hunter2@host/"))))
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({"********", "••••", "XXXXXXXX", "[secret]", "*"})
    @DisplayName("A mask that was pasted back is refused")
    void masks(String mask) {
        Violation violation = validate("postgresql", postgres("PGPASSWORD", mask))
                .violations()
                .get(0);
        assertThat(violation.code()).isEqualTo("masked-secret");
        assertThat(violation.message()).startsWith("PGPASSWORD is the mask that is shown for a secret");
    }

    @Test
    @DisplayName("A short run of X, and stars among letters, are passwords")
    void notMasks() {
        assertThat(validate("postgresql", postgres("password", "XXX"))).isSameAs(ValidationResult.VALID);
        assertThat(validate("postgresql", postgres("password", "**a**"))).isSameAs(ValidationResult.VALID);
    }

    @Test
    @DisplayName("White space around a password is a warning and is kept; a line feed at the end of a PEM key is none")
    void whiteSpace() {
        for (String password : Arrays.asList("pa55\n", " pa55", "pa55\t")) {
            ValidationResult result = validate("postgresql", postgres("password", password));
            assertThat(result.valid()).isTrue();
            assertThat(result.warnings()).extracting(Violation::code).containsExactly("surrounding-space");
            CompiledKind kind =
                    new CompiledKind(KindCatalog.standard().find("postgresql").orElseThrow());
            assertThat(kind.parse(Map.of("password", password)).values())
                    .containsEntry("password", new ParsedValue.Secret(SecretValue.of(password)));
        }
        assertThat(validate("postgresql", postgres("sshPrivateKey", "-----BEGIN\n")))
                .isSameAs(ValidationResult.VALID);
    }

    @Test
    @DisplayName("A secret value is taken by secret fields and refused by others")
    void secretValues() {
        assertThat(validate("postgresql", postgres("password", SecretValue.of("x")))
                        .valid())
                .isTrue();
        assertThat(only(validate("postgresql", postgres("schema", SecretValue.of("x")))))
                .startsWith("schema is no secret field");
        assertThat(validate("postgresql", postgres("port", SecretValue.of("1"))).violations())
                .extracting(Violation::code)
                .containsExactly("not-a-secret");
    }

    @Test
    @DisplayName("Base64 keys are decoded with and without padding and line breaks, and refused without quoting them")
    void base64() {
        CompiledKind kind =
                new CompiledKind(KindCatalog.standard().find("bigquery").orElseThrow());
        for (String form : Arrays.asList("eyJhIjoxfQ==", "eyJhIjoxfQ", "eyJh\nIjoxfQ==\n")) {
            assertThat(kind.parse(Map.of("BQ_CREDENTIALS_BASE64", form)).values())
                    .containsEntry("credentials_json", new ParsedValue.Secret(SecretValue.of("{\"a\":1}")));
        }
        assertThat(kind.parse(Map.of("BQ_CREDENTIALS_BASE64", "{\"a\":1}"))
                        .result()
                        .violations())
                .extracting(Violation::message)
                .containsExactly("BQ_CREDENTIALS_BASE64 must be the Base64 form of credentials_json in UTF-8");
        assertThat(kind.parse(Map.of("BQ_CREDENTIALS_BASE64", "/w==")).result().valid())
                .isFalse();
        assertThat(kind.parse(Map.of("BQ_CREDENTIALS_BASE64", "aGVsbG8="))
                        .result()
                        .violations())
                .extracting(Violation::message)
                .containsExactly("BQ_CREDENTIALS_BASE64 must be a JSON object");
    }

    @Test
    @DisplayName("A JSON field takes an object as text or as a map, and no member beyond its list")
    void json() {
        Map<String, Object> config = new HashMap<>(Map.of("bootstrap_servers", "b:9092", "topic", "t"));
        config.put("extra_args", Map.of("fetch.min.bytes", 1));
        assertThat(validate("kafka", config).valid()).isTrue();
        config.put("extra_args", "{\"sasl.jaas.config\":\"com.sun.security.auth.module.JndiLoginModule required;\"}");
        assertThat(only(validate("kafka", config))).startsWith("extra_args must not hold sasl.jaas.config");
        config.put("extra_args", "[1]");
        assertThat(only(validate("kafka", config))).isEqualTo("extra_args must be a JSON object");
        config.put("extra_args", "{} {}");
        assertThat(validate("kafka", config).valid()).isFalse();
    }

    @Test
    @DisplayName("Chalk's yes and no are booleans under Chalk's keys only")
    void truthy() {
        CompiledKind kind =
                new CompiledKind(KindCatalog.standard().find("clickhouse").orElseThrow());
        for (String yes : Arrays.asList("1", "true", "Yes", "T", "y")) {
            assertThat(kind.parse(Map.of("CLICKHOUSE_USE_TLS", yes)).values())
                    .containsEntry("ssl.enabled", new ParsedValue.Plain(true));
        }
        assertThat(kind.parse(Map.of("CLICKHOUSE_USE_TLS", "nope")).result().valid())
                .isFalse();
        assertThat(kind.parse(Map.of("ssl.enabled", "1")).result().valid()).isFalse();
        assertThat(kind.parse(Map.of("CLICKHOUSE_USE_TLS", LinkedSecretRef.of("x")))
                        .result()
                        .violations())
                .extracting(Violation::code)
                .containsExactly("not-linkable");
    }

    @Test
    @DisplayName("A pasted workspace URL is cut to its host")
    void workspaceUrl() {
        CompiledKind kind =
                new CompiledKind(KindCatalog.standard().find("databricks").orElseThrow());
        for (String host : Arrays.asList("https://adb-1.azuredatabricks.net/", "adb-1.azuredatabricks.net")) {
            assertThat(kind.parse(Map.of("DATABRICKS_HOST", host)).values())
                    .containsEntry("host", new ParsedValue.Plain("adb-1.azuredatabricks.net"));
        }
    }

    @Test
    @DisplayName("A DuckDB database is a plain path: no JDBC URL, no properties after it")
    void duckdb() {
        for (String path : Arrays.asList("/data/x.duckdb", ":memory:", "md:sales", "C:\\data\\x.db")) {
            assertThat(validate("duckdb", Map.of("database", path)).valid()).isTrue();
        }
        for (String path : Arrays.asList("x.db;allow_unsigned_extensions=true", "jdbc:duckdb:x", "s3://b/x", "x?y")) {
            assertThat(validate("duckdb", Map.of("database", path)).valid()).isFalse();
        }
        assertThat(validate("duckdb", Map.of("database", "x", "extraProperties", Map.of("access_mode", "READ_ONLY")))
                        .valid())
                .isTrue();
        assertThat(only(validate(
                        "duckdb",
                        Map.of("database", "x", "extraProperties", Map.of("allow_unsigned_extensions", true)))))
                .startsWith(
                        "allow_unsigned_extensions is not among the driver properties that duckdb allows: access_mode");
    }

    @Test
    @DisplayName("A hostile config is refused in bounded work: too many keys, too deep, keys and values of odd types")
    void hostile() {
        Map<String, Object> many = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            many.put("key" + i, i);
        }
        assertThat(validate("postgresql", many).violations())
                .hasSizeLessThan(1_010)
                .anySatisfy(violation -> assertThat(violation.code()).isEqualTo("too-many-keys"));

        Map<String, Object> deep = Map.of("a", 1);
        for (int i = 0; i < 50; i++) {
            deep = Map.of("a", deep);
        }
        assertThat(validate("postgresql", deep).violations())
                .extracting(Violation::code)
                .contains("too-deep");

        Map<Object, @Nullable Object> odd = new HashMap<>();
        odd.put(null, "x");
        odd.put(7, "x");
        odd.put("host", new Object());
        @SuppressWarnings({"unchecked", "rawtypes"})
        Map<String, Object> asStrings = (Map) odd;
        assertThat(validate("postgresql", asStrings).violations())
                .extracting(Violation::message)
                .contains(
                        "keys must be text, got null",
                        "keys must be text, got a number",
                        "host must be text, got a value of type Object");
    }
}
