package dev.headwater.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KindDefinitionTest {

    private static KindDefinition.Builder kind() {
        return KindDefinition.builder("acme", "Acme").name(SourceSystem.CHALK, "ACME");
    }

    private static void refused(String message, ThrowingCallable building) {
        assertThatIllegalArgumentException().isThrownBy(building).withMessageContaining(message);
    }

    @Test
    @DisplayName("A kind knows its fields, groups, defaults and what rules may require")
    void knows() {
        KindDefinition kind = kind().fields(
                        FieldDefinition.text("host").required(),
                        FieldDefinition.integer("port").range(1, 10).defaultValue(5),
                        FieldDefinition.text("pass_word").secret().group("Login"),
                        FieldDefinition.text("token").secret().group("Login"))
                .rules(Rule.atLeastOneOf("pass_word", "token"))
                .build();

        assertThat(kind.groups()).containsExactly("Connection", "Login");
        assertThat(kind.defaults()).containsExactly(Map.entry("port", 5L));
        assertThat(kind.field("pass_word").orElseThrow().label()).isEqualTo("Pass word");
        assertThat(kind.conditional("token")).isTrue();
        assertThat(kind.conditional("host")).isFalse();
    }

    @Test
    @DisplayName("Two meanings of one key are refused, whichever keys they are")
    void keys() {
        refused(
                "has two fields host",
                () -> kind().fields(FieldDefinition.text("host"), FieldDefinition.text("host"))
                        .build());
        refused(
                "the key X means both field a and field b",
                () -> kind().fields(
                                FieldDefinition.text("a").alias(SourceSystem.CHALK, "X", Requirement.OPTIONAL),
                                FieldDefinition.text("b").alias(SourceSystem.CHALK, "X", Requirement.OPTIONAL))
                        .build());
        refused(
                "the key X of field a is read in two ways",
                () -> kind().fields(FieldDefinition.text("a")
                                .alias(SourceSystem.CHALK, "X", Requirement.OPTIONAL)
                                .alias(SourceSystem.CHALK, "X", Requirement.OPTIONAL, new ValueTransform.Base64Text()))
                        .build());
        refused(
                "field ssl is in the way of field ssl.enabled",
                () -> kind().fields(FieldDefinition.text("ssl"), FieldDefinition.bool("ssl.enabled"))
                        .build());
        refused(
                "for which the kind has no name",
                () -> kind().fields(FieldDefinition.text("a").alias(SourceSystem.BASEDASH, "X", Requirement.OPTIONAL))
                        .build());
        refused(
                "cannot be a field's",
                () -> kind().name(SourceSystem.DATABRAIN, "acme")
                        .fields(FieldDefinition.text("name"))
                        .build());
        refused(
                "that of extra properties",
                () -> kind().fields(FieldDefinition.text("a")
                                .alias(SourceSystem.CHALK, "extraProperties.x", Requirement.OPTIONAL))
                        .build());
    }

    @Test
    @DisplayName("Rules name fields that are there and compare them with values that they can have")
    void rules() {
        refused(
                "a rule names the field b, which is not there",
                () -> kind().fields(FieldDefinition.text("a"))
                        .rules(Rule.requiredWhen(Condition.present("a"), "b"))
                        .build());
        refused(
                "a rule names the field c, which is not there",
                () -> kind().fields(FieldDefinition.text("a"))
                        .rules(Rule.requiredWhen(Condition.all(Condition.present("a"), Condition.absent("c")), "a"))
                        .build());
        refused(
                "with yes, which it can never be",
                () -> kind().fields(FieldDefinition.bool("a"), FieldDefinition.text("b"))
                        .rules(Rule.requiredWhen(Condition.is("a", "yes"), "b"))
                        .build());
        refused(
                "cannot compare the secret field a",
                () -> kind().fields(FieldDefinition.text("a").secret())
                        .rules(Rule.requiredWhen(Condition.is("a", "x"), "a"))
                        .build());
        refused("at least 2 fields", () -> Rule.exactlyOneOf("a"));
        refused("each once", () -> Rule.allOrNone("a", "a"));
    }

    @Test
    @DisplayName("Fields that contradict themselves are refused")
    void fields() {
        refused("words in lower case", () -> FieldDefinition.text("Host").build());
        refused(
                "is required, so it cannot have a default",
                () -> FieldDefinition.text("a").required().defaultValue("x").build());
        refused(
                "is secret, so it must be text or JSON",
                () -> FieldDefinition.integer("a").secret().build());
        refused(
                "default is no INTEGER",
                () -> FieldDefinition.integer("a").range(1, 5).defaultValue(6).build());
        refused(
                "cannot have the constraint",
                () -> FieldDefinition.text("a").range(1, 5).build());
        refused(
                "has two constraints like",
                () -> FieldDefinition.text("a").length(1, 2).length(3, 4).build());
        refused("range from 5 to 1 is empty", () -> FieldDefinition.integer("a").range(5, 1));
        refused("malformed expression", () -> FieldDefinition.text("a").pattern("(", "x"));
        refused(
                "value of the word on is no BOOLEAN",
                () -> FieldDefinition.bool("a")
                        .transform(new ValueTransform.Words(Map.of("on", "true"), false))
                        .build());
        refused(
                "must be in lower case",
                () -> FieldDefinition.bool("a")
                        .transform(new ValueTransform.Words(Map.of("ON", true), true))
                        .build());
    }

    @Test
    @DisplayName("An alias is read like its field unless it says otherwise, whatever the order of the calls")
    void aliases() {
        FieldDefinition field = FieldDefinition.text("host")
                .alias(SourceSystem.CHALK, "HOST", Requirement.REQUIRED)
                .alias(SourceSystem.CHALK, "HOST_B64", Requirement.OPTIONAL, new ValueTransform.Base64Text())
                .transform(new ValueTransform.HostOnly(".example.com"))
                .build();
        assertThat(field.aliases(SourceSystem.CHALK))
                .extracting(FieldAlias::transform)
                .containsExactly(new ValueTransform.HostOnly(".example.com"), new ValueTransform.Base64Text());
    }
}
