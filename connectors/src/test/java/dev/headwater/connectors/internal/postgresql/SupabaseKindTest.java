package dev.headwater.connectors.internal.postgresql;

import static dev.headwater.connectors.Targets.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.internal.DriverKind.Diagnosis;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A login to Supabase")
class SupabaseKindTest {

    private final Map<String, Object> config = new HashMap<>(Map.of(
            "host", "aws-0-eu-central-1.pooler.supabase.com", "database", "postgres", "username", "postgres.abc"));

    private Properties properties() {
        return new SupabaseKind().login(ResolvedConfig.of(config)).properties();
    }

    @Test
    @DisplayName("prepares no statements at the pooler of transactions, which is the default, unless asked to")
    void pooler() {
        assertThat(properties()).containsEntry("prepareThreshold", "0");
        config.put("port", 6543L);
        assertThat(properties()).containsEntry("prepareThreshold", "0");
        config.put("extraProperties.prepareThreshold", "5");
        assertThat(properties()).containsEntry("prepareThreshold", "5");
    }

    @Test
    @DisplayName("leaves prepared statements to the driver at other ports")
    void direct() {
        config.put("port", 5432L);
        assertThat(properties()).doesNotContainKey("prepareThreshold");
    }

    @Test
    @DisplayName("makes no session read-only at the pooler of transactions, which would lend it to others")
    void readOnly() {
        config.put("extraProperties.readOnly", "true");
        assertThat(properties()).containsEntry("readOnly", "true");
        config.put("extraProperties.readOnlyMode", "always");
        assertThat(failure(this::properties))
                .hasMessageContaining("extraProperties.readOnlyMode")
                .extracting(ConnectorException::failure)
                .isEqualTo(FailureCode.INVALID_CONFIG);
        config.put("port", 5432L);
        assertThat(properties()).containsEntry("readOnlyMode", "always");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(textBlock = """
                    XX000, FATAL: Tenant or user not found, WRONG_CREDENTIALS, postgres.<project>
                    XX000, FATAL: (ENOTFOUND) tenant/user postgres.abc not found, WRONG_CREDENTIALS, postgres.<project>
                    08P01, FATAL: SASL authentication failed, WRONG_CREDENTIALS,
                    08P01, FATAL: no such database: zzz, NO_SUCH_DATABASE,
                    08P01, 'FATAL: database "zzz" does not exist', NO_SUCH_DATABASE,
                    08P01, FATAL: SSL required, PERMISSION_DENIED, TLS
                    08P01, FATAL: no more connections allowed (max_client_conn), FAILED, connections
                    XX000, FATAL: Max client connections reached, FAILED, connections
                    XX000, FATAL: MaxClientsInSessionMode: max clients reached, FAILED, connections
                    08P01, FATAL: query_wait_timeout, TIMED_OUT, in time
                    08P01, 'FATAL: server login has been failing, try again later (server_login_retry)', FAILED, behind
                    08P01, FATAL: unsupported startup parameter: search_path, FAILED, schema
                    42P05, ERROR: prepared statement "S_1" already exists, FAILED, prepareThreshold
                    26000, ERROR: prepared statement "S_1" does not exist, FAILED, prepareThreshold
                    XX000, ERROR: something else, FAILED,
                    """)
    @DisplayName("understands what poolers answer")
    void answers(String state, String message, FailureCode code, String hint) {
        Diagnosis diagnosis =
                PostgresFailures.diagnose(new SQLException(message, state), true, ResolvedConfig.of(config));
        assertThat(diagnosis).isNotNull();
        assertThat(diagnosis.code()).isEqualTo(code);
        if (hint != null) {
            assertThat(diagnosis.hint()).contains(hint);
        }
    }
}
