package dev.headwater.core.internal.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.KindCatalog;
import dev.headwater.spi.FieldAlias;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.ValidationException;
import dev.headwater.spi.ValidationResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SecretsNeverShownTest {

    private static final String PLANTED = "Zq7planted";

    /** Forms in which somebody may give a secret, good and bad. */
    @Provide
    Arbitrary<Object> given() {
        return Arbitraries.<Object>of(
                PLANTED,
                " " + PLANTED + "\n",
                "{\"private_key\":\"" + PLANTED + "\"}",
                "{\"private_key\":" + PLANTED,
                "[\"" + PLANTED + "\"]",
                PLANTED.repeat(30_000),
                PLANTED + "\ud800",
                "user:" + PLANTED + "@host",
                SecretValue.of(PLANTED),
                List.of(PLANTED),
                Map.of("value", PLANTED),
                Map.of("value", SecretValue.of(PLANTED)),
                new StringBuilder(PLANTED),
                new char[] {'x'});
    }

    @Provide
    Arbitrary<KindDefinition> kinds() {
        return Arbitraries.of(SampleConfigs.kinds());
    }

    @Property(tries = 400)
    @Label("No finding, exception or text form holds what was given for a secret field, by whichever key")
    void neverShown(@ForAll("kinds") KindDefinition kind, @ForAll("given") Object value, @ForAll boolean complete) {
        CompiledKind compiled = new CompiledKind(kind);
        for (FieldDefinition field : kind.fields()) {
            if (!field.secret()) {
                continue;
            }
            List<String> keys = new ArrayList<>(List.of(field.key(), field.key() + "x"));
            field.aliases().stream().map(FieldAlias::key).forEach(keys::add);
            for (String key : keys) {
                Map<String, Object> config = new LinkedHashMap<>(complete ? SampleConfigs.minimal(kind) : Map.of());
                config.remove(field.key());
                config.put(key, value);
                config.put("ssh." + key, value);
                assertHidden(compiled.validate(config));
                ParsedConfig parsed = compiled.parse(config);
                assertHidden(parsed.result());
                assertThat(parsed.toString()).doesNotContain(PLANTED);
                assertThat(parsed.values().toString()).doesNotContain(PLANTED);
                for (SourceSystem system : SourceSystem.values()) {
                    assertHidden(KindCatalog.standard().validate(system, kind.id(), config));
                }
            }
        }
    }

    private static void assertHidden(ValidationResult result) {
        assertThat(result.toString()).doesNotContain(PLANTED);
        assertThat(new ValidationException("config", result)).hasMessageNotContaining(PLANTED);
    }
}
