package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.TenancySettings;
import dev.headwater.spi.ValidationException;
import dev.headwater.spi.Violation;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TenancyFormatTest {

    @Property(tries = 100)
    @Label("Settings that are written and read again are the same")
    void roundTrip(
            @ForAll @AlphaChars @StringLength(min = 1, max = 255) String schema,
            @ForAll @AlphaChars @StringLength(min = 1, max = 255) String table,
            @ForAll TenancySettings.ClientColumnType type) {
        TenancySettings settings = new TenancySettings.PerTable(schema, table, "client", "id", type);
        assertThat(TenancyFormat.parse(TenancyFormat.format(settings))).isEqualTo(settings);
    }

    @Test
    @DisplayName("A database for each tenant needs nothing else")
    void database() {
        TenancySettings settings = TenancyFormat.parse(Map.of("tenancyLevel", "DATABASE"));
        assertThat(settings).isEqualTo(new TenancySettings.PerDatabase());
        assertThat(TenancyFormat.format(settings)).containsExactly(Map.entry("tenancyLevel", "DATABASE"));
    }

    @Test
    @DisplayName("A mapping table needs all five parts, and all that is wrong is told at once")
    void table() {
        assertThat(TenancyFormat.validate(Map.of("tenancyLevel", "TABLE")).violations())
                .extracting(Violation::message)
                .containsExactly(
                        "clientColumnType is required when tenancyLevel is TABLE",
                        "schemaName is required when tenancyLevel is TABLE",
                        "tableName is required when tenancyLevel is TABLE",
                        "tableClientNameColumn is required when tenancyLevel is TABLE",
                        "tablePrimaryKeyColumn is required when tenancyLevel is TABLE");
        Map<String, Object> wrong = new HashMap<>(Map.of(
                "tenancyLevel", "TABLE",
                "clientColumnType", "TEXT",
                "schemaName", 1,
                "tableName", "",
                "tableClientNameColumn", "a\nb",
                "tablePrimaryKeyColum", "id"));
        wrong.put("tablePrimaryKeyColumn", "x".repeat(256));
        assertThat(TenancyFormat.validate(wrong).violations())
                .extracting(Violation::code)
                .containsExactlyInAnyOrder(
                        "unknown-field", "not-one-of", "not-text", "empty", "control-character", "too-long");
        assertThatThrownBy(() -> TenancyFormat.parse(Map.of("tenancyLevel", "ROW")))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("tenancyLevel must be TABLE or DATABASE, got \"ROW\"");
        assertThat(TenancyFormat.validate(Map.of()).violations())
                .extracting(Violation::message)
                .containsExactly("tenancyLevel is required");
    }
}
