package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.Constraint;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What decides where secrets go is")
class DestinationTest {

    static Stream<String> kinds() {
        return KindCatalog.standard().all().stream().map(KindDefinition::id);
    }

    private static boolean names(FieldDefinition field) {
        String key = field.key();
        return field.constraint(Constraint.Format.class).isPresent()
                || key.startsWith("ssh.")
                || key.matches(
                        ".*(host|port|url|uri|endpoint|server|account|project|region|database|bucket|file|path|location).*");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    @DisplayName("each field of a kind that names a place, the fields of tunnels and all extra properties among them")
    void places(String id) {
        KindDefinition kind = KindCatalog.standard().find(id).orElseThrow();
        for (FieldDefinition field : kind.fields()) {
            if (names(field) && !field.secret()) {
                assertThat(changed(kind, field.key())).as(field.key()).containsExactly(field.key());
            }
        }
        assertThat(changed(kind, "extraProperties.any")).containsExactly("extraProperties.any");
        assertThat(changed(kind, "ssh.host")).containsExactly("ssh.host");
    }

    private static List<String> changed(KindDefinition kind, String key) {
        return Destination.changed(kind, Map.of(), Map.of(key, new ConfigValue.Literal("there")));
    }
}
