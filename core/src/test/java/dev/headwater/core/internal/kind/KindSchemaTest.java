package dev.headwater.core.internal.kind;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.headwater.spi.Constraint;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.TextFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The JSON Schema and the validation say the same of configs with canonical keys and JSON values of the field's type. */
class KindSchemaTest {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private static final Map<String, Schema> SCHEMAS = SampleConfigs.kinds().stream()
            .collect(Collectors.toMap(
                    KindDefinition::id,
                    kind -> SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(KindSchema.of(kind))));

    private static List<Error> bySchema(KindDefinition kind, Map<String, Object> config) {
        return SCHEMAS.get(kind.id()).validate(GSON.toJson(config), InputFormat.JSON);
    }

    @Provide
    Arbitrary<KindDefinition> kinds() {
        return Arbitraries.of(SampleConfigs.kinds());
    }

    @Property(tries = 28)
    @Label("The minimal config of every kind is valid by its schema")
    void minimal(@ForAll("kinds") KindDefinition kind) {
        assertThat(bySchema(kind, SampleConfigs.minimal(kind))).isEmpty();
    }

    @Property(tries = 2_000)
    @Label("Schema and validation agree on configs in which fields come, go and take good and bad values")
    void agree(@ForAll("kinds") KindDefinition kind, @ForAll Random random) {
        Map<String, Object> config = random.nextInt(4) == 0 ? new LinkedHashMap<>() : SampleConfigs.minimal(kind);
        for (FieldDefinition field : kind.fields()) {
            int what = random.nextInt(10);
            if (what == 0) {
                config.remove(field.key());
            } else if (what <= 3) {
                config.put(field.key(), good(field, random));
            } else if (what == 4 && random.nextInt(4) == 0) {
                config.put(field.key(), bad(field, random));
            }
        }
        if (random.nextInt(10) == 0) {
            config.put("no_such_field", "x");
        }
        if (random.nextInt(5) == 0) {
            config.put("extraProperties", Map.of("no_such_property", "x"));
        } else if (random.nextInt(5) == 0 && !kind.extraProperties().isEmpty()) {
            config.put(
                    "extraProperties", Map.of(kind.extraProperties().iterator().next(), "1"));
        }
        List<Error> errors = bySchema(kind, config);
        assertThat(new CompiledKind(kind).validate(config).violations().isEmpty())
                .as("%s %s, by the schema: %s", kind.id(), config, errors)
                .isEqualTo(errors.isEmpty());
    }

    private static Object good(FieldDefinition field, Random random) {
        return switch (field.type()) {
            case BOOLEAN -> random.nextBoolean();
            case ENUM -> {
                List<String> words =
                        field.constraint(Constraint.OneOf.class).orElseThrow().values();
                yield words.get(random.nextInt(words.size()));
            }
            case INTEGER -> {
                Constraint.Range range =
                        field.constraint(Constraint.Range.class).orElseThrow();
                yield random.nextBoolean() ? range.min() : range.max();
            }
            default -> SampleConfigs.value(field);
        };
    }

    private static Object bad(FieldDefinition field, Random random) {
        List<Object> bad = new ArrayList<>(List.of(List.of("x"), Map.of("x", 1)));
        if (field.type().name().equals("JSON")) {
            return List.of("x");
        }
        switch (field.type()) {
            case INTEGER -> {
                Constraint.Range range =
                        field.constraint(Constraint.Range.class).orElseThrow();
                bad.addAll(List.of(range.min() - 1, range.max() + 1, 1.5, true, "x"));
            }
            case BOOLEAN -> bad.addAll(List.of(1, "x"));
            case ENUM -> bad.addAll(List.of(1, "no-such-word"));
            case DURATION -> bad.addAll(List.of(1, "soon", "1hr30", "h", "infinite", ""));
            default -> {
                bad.addAll(List.of(1, true, "x".repeat(300_000)));
                if (TextField.lengthOf(field).min() > 0) {
                    bad.add("");
                }
                if (field.constraint(Constraint.Format.class).isPresent()
                        || field.constraint(Constraint.Pattern.class).isPresent()) {
                    bad.addAll(List.of("a b;c?d=e", "://"));
                }
                if (!field.secret() && field.type().name().equals("TEXT")) {
                    bad.add("line\nfeed");
                }
            }
        }
        return bad.get(random.nextInt(bad.size()));
    }

    @Property(tries = 1_000)
    @Label("The loops behind the common forms of text accept what their expressions accept")
    void formats(@ForAll("texts") String text) {
        for (TextFormat format : TextFormat.values()) {
            assertThat(format.matches(text))
                    .as("%s of %s", format, text)
                    .isEqualTo(text.matches(
                            format.regex().substring(1, format.regex().length() - 1)));
        }
        assertThat(Durations.matches(text) || text.length() > Durations.MAX_LENGTH)
                .isEqualTo(text.matches(Durations.REGEX) || text.length() > Durations.MAX_LENGTH);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "http://",
                "https://",
                "host",
                "a-b.c",
                ":",
                "::1",
                "[",
                "]",
                ",",
                ", ",
                ":9092",
                ":123456",
                "/",
                "?",
                "#",
                "@",
                " ",
                "\t",
                "1",
                "30",
                "m",
                "hr",
                "h",
                "ms",
                "s",
                "infinity",
                "é",
                "_",
                "%",
                "f00d");
        return pieces.list().ofMaxSize(7).map(list -> String.join("", list));
    }
}
