package dev.headwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.KindCatalog;
import dev.headwater.spi.FieldAlias;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.FieldType;
import dev.headwater.spi.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The hand-written check of PostgreSQL")
class HandWrittenTest {

    private record Finding(String field, String code) {}

    @ParameterizedTest
    @EnumSource
    @DisplayName("finds what Headwater finds")
    void finds(SampleConfig config) {
        List<Violation> expected =
                KindCatalog.standard().validate("postgresql", config.entries()).violations();

        assertThat(findings(HandWritten.validate(config.entries())))
                .containsExactlyInAnyOrderElementsOf(findings(expected));
        assertThat(expected).hasSize(config == SampleConfig.VALID ? 0 : config == SampleConfig.INVALID ? 5 : 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.example.com",
                "10.0.0.1",
                "::1",
                "fe80::1:2",
                "db:5432",
                "a::g",
                "db/x",
                "d b",
                "",
                "h\u00f6st",
                "1:2"
            })
    @DisplayName("refuses the hosts that Headwater refuses")
    void hosts(String host) {
        Map<String, Object> config = new LinkedHashMap<>(SampleConfig.VALID.entries());
        config.put("host", host);

        assertThat(findings(HandWritten.validate(config)))
                .isEqualTo(findings(
                        KindCatalog.standard().validate("postgresql", config).violations()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "h\u00f6rt", "\ud83d\ude00", "\ud83d", "x\ude00", "tab\t", "del\u007f", ""})
    @DisplayName("refuses the text that Headwater refuses")
    void text(String name) {
        Map<String, Object> config = new LinkedHashMap<>(SampleConfig.VALID.entries());
        config.put("database", name);

        assertThat(findings(HandWritten.validate(config)))
                .isEqualTo(findings(
                        KindCatalog.standard().validate("postgresql", config).violations()));
    }

    @Test
    @DisplayName("knows every key that Headwater knows")
    void keys() {
        for (FieldDefinition field :
                KindCatalog.standard().find("postgresql").orElseThrow().fields()) {
            assertThat(unknown(field, field.key())).isFalse();
            for (FieldAlias alias : field.aliases()) {
                assertThat(unknown(field, alias.key())).as(alias.key()).isFalse();
            }
        }
    }

    private static boolean unknown(FieldDefinition field, String key) {
        Object value = field.type() == FieldType.INTEGER ? 1L : field.type() == FieldType.BOOLEAN ? true : "text";
        return HandWritten.validate(Map.of(key, value)).stream()
                .anyMatch(violation -> violation.code().equals("unknown-field"));
    }

    private static List<Finding> findings(List<Violation> violations) {
        return violations.stream()
                .map(violation -> new Finding(violation.field(), violation.code()))
                .toList();
    }
}
