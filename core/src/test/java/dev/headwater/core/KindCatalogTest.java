package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.TextFormat;
import dev.headwater.spi.ValidationException;
import dev.headwater.spi.Violation;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KindCatalogTest {

    private static final KindDefinition VAULT = KindDefinition.builder("acme_vault", "Acme Vault")
            .name(SourceSystem.CHALK, "ACME")
            .fields(
                    FieldDefinition.text("host").required().format(TextFormat.HOST),
                    FieldDefinition.integer("port").range(1, 65_535).defaultValue(7000),
                    FieldDefinition.text("token").required().secret())
            .extraProperties("color")
            .build();

    @Test
    @DisplayName("A kind is found by its id and by what any of the three systems calls it, in any case")
    void find() {
        for (String name : new String[] {"postgresql", "POSTGRESQL", "postgres", "POSTGRES", "Postgres"}) {
            assertThat(KindCatalog.standard().find(name))
                    .map(KindDefinition::id)
                    .contains("postgresql");
        }
        assertThat(KindCatalog.standard().find("awss3")).map(KindDefinition::id).contains("s3");
        assertThat(KindCatalog.standard().find("SQL_SERVER"))
                .map(KindDefinition::id)
                .contains("mssql");
        assertThat(KindCatalog.standard().find("nope")).isEmpty();
    }

    @Test
    @DisplayName("A host's own kind is validated like any other")
    void ownKind() {
        KindCatalog catalog = KindCatalog.builder().add(VAULT).build();

        assertThat(catalog.all()).hasSize(29).endsWith(VAULT);
        assertThat(catalog.validate("ACME", Map.of("host", "vault.example.com", "token", "t"))
                        .valid())
                .isTrue();
        assertThat(catalog.validate("acme_vault", Map.of("host", "a b", "tokn", "t"))
                        .violations())
                .extracting(Violation::code)
                .containsExactlyInAnyOrder("malformed", "unknown-field", "required");
        assertThat(catalog.validate(
                                "acme_vault",
                                Map.of("host", "h", "token", "t", "extraProperties", Map.of("color", "red", "colr", 1)))
                        .violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.code()).isEqualTo("unknown-property");
                    assertThat(violation.suggestion()).isEqualTo("extraProperties.color");
                });
        assertThat(catalog.referencePage("acme_vault")).startsWith("# Acme Vault (`acme_vault`)");
        assertThat(catalog.jsonSchema("acme_vault")).contains("\"writeOnly\": true");
    }

    @Test
    @DisplayName("Two kinds of one id, or one system name for two kinds, are refused")
    void duplicates() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KindCatalog.builder().add(VAULT).add(VAULT).build())
                .withMessage("there are two kinds acme_vault");
        KindDefinition clash = KindDefinition.builder("my_pg", "Mine")
                .name(SourceSystem.DATABRAIN, "postgres")
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KindCatalog.builder().add(clash).build())
                .withMessage("the name postgres of kind my_pg is already that of kind postgresql");
    }

    @Test
    @DisplayName(
            "A kind that is not known is a violation with the nearest known name, and an error where a page is asked for")
    void unknownKind() {
        assertThat(KindCatalog.standard().validate("postgress", Map.of()).violations())
                .containsExactly(new Violation(
                        "kind", "unknown-kind", "there is no kind postgress; did you mean postgres?", "postgres"));
        assertThatThrownBy(() -> KindCatalog.standard().jsonSchema("nope"))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("there is no kind nope");
        assertThat(KindCatalog.standard()
                        .validate(SourceSystem.DATABRAIN, "kafka", Map.of())
                        .violations())
                .extracting(Violation::message)
                .containsExactly("DataBrain has no kind kafka");
    }
}
