package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretStoreException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Secrets in environment variables")
class EnvironmentVariableSecretsTest {

    private final Map<String, String> variables =
            Map.of("APP_DB", "of the app", "DB", "of somebody else", "APP_EMPTY", "");

    @Test
    @DisplayName("are those with the prefix only")
    void prefix() {
        EnvironmentVariableSecrets store = new EnvironmentVariableSecrets("APP_", variables::get);

        assertThat(store.fetchLatest("DB").reveal()).isEqualTo("of the app");
        assertThat(store.fetchLatest("EMPTY").reveal()).isEmpty();
        assertThat(store.description()).isEqualTo("environment variables that begin with APP_");
        assertThatExceptionOfType(SecretStoreException.class)
                .isThrownBy(() -> store.fetchLatest("APP_DB"))
                .withMessage("environment variable APP_APP_DB is not set")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SecretStoreException.Reason.NOT_FOUND))
                .satisfies(e -> assertThat(e.secretName()).isEqualTo("APP_DB"));
    }

    @Test
    @DisplayName("are those of the process")
    void process() {
        assertThat(EnvironmentVariableSecrets.ofAll().fetchLatest("PATH").reveal())
                .isEqualTo(System.getenv("PATH"));
        assertThat(EnvironmentVariableSecrets.withPrefix("PA").fetchLatest("TH").reveal())
                .isEqualTo(System.getenv("PATH"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1DB", "D-B", "DB\n", " DB", "DB=x", "D\u00c4B", "DB\0", "${DB}", "D.B"})
    @DisplayName("have names that are names of variables, from end to end")
    void names(String name) {
        EnvironmentVariableSecrets store = new EnvironmentVariableSecrets("", variables::get);

        assertThatExceptionOfType(SecretReferenceException.class)
                .isThrownBy(() -> store.normalize(name))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SecretReferenceException.Reason.MALFORMED))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "\0"));
        assertThatExceptionOfType(SecretReferenceException.class).isThrownBy(() -> store.fetchLatest(name));
    }

    @Test
    @DisplayName("have a prefix that is the beginning of a name")
    void illegalPrefix() {
        assertThatIllegalArgumentException().isThrownBy(() -> EnvironmentVariableSecrets.withPrefix("app-"));
    }
}
