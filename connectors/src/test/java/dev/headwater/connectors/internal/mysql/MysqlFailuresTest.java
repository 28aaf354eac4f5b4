package dev.headwater.connectors.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.internal.DriverKind.Diagnosis;
import dev.headwater.spi.FailureCode;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A failure that the MySQL driver reports")
class MysqlFailuresTest {

    @ParameterizedTest
    @CsvSource({"sha256_password,WRONG_CREDENTIALS,no such user", "authentication_ldap_sasl,FAILED,not supported"})
    @DisplayName("tells a user that MySQL 8.0 may not know from one with a login that is not supported")
    void unsupportedLogin(String plugin, FailureCode code, String hint) {
        Diagnosis diagnosis = MysqlFailures.diagnose(new SQLException(
                "Client does not support authentication protocol requested by server. plugin type was = '" + plugin
                        + "'",
                "08004",
                1251));
        assertThat(diagnosis).isNotNull();
        assertThat(diagnosis.code()).isEqualTo(code);
        assertThat(diagnosis.hint()).contains(hint);
    }
}
