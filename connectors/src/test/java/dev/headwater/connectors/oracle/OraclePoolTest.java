package dev.headwater.connectors.oracle;

import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.connectors.Await;
import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectorClient;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A pool of Oracle")
class OraclePoolTest {

    private static OracleServer server;

    @BeforeAll
    static void startServer() {
        server = OracleServer.start(TestCertificates.trusted());
    }

    private interface Work {
        void with(Connection connection) throws SQLException;
    }

    private static void work(Work work) throws SQLException {
        try (ConnectorClient client = Connectors.oracle()
                        .client(target("oracle", OracleFixture.config(server)), new ClientSettings("oracle", 2));
                Connection connection = ((DataSource) client.client()).getConnection()) {
            work.with(connection);
        }
    }

    private static void query(String sql, Object parameter, RowCheck check) throws SQLException {
        work(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, parameter);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    check.of(rows);
                    assertThat(rows.next()).isFalse();
                }
            }
        });
    }

    private interface RowCheck {
        void of(ResultSet row) throws SQLException;
    }

    @Test
    @DisplayName("answers, is asked whether it is alive, and logs off when it closes")
    void answers() throws SQLException {
        Await.until(() -> server.open() == 0);
        work(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 1 FROM DUAL")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(1);
                assertThat(rows.next()).isFalse();
            }
            assertThat(connection.isValid(10)).isTrue();
            connection.setAutoCommit(false);
            connection.commit();
            connection.rollback();
            assertThat(server.open()).isEqualTo(1);
        });
        Await.until(() -> server.open() == 0);
    }

    @Test
    @DisplayName("fetches more rows than come at once")
    void manyRows() throws SQLException {
        work(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select x from system_range(1, 1000)")) {
                for (int i = 1; i <= 1000; i++) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(i);
                }
                assertThat(rows.next()).isFalse();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "1", "-1", "99", "100", "-100", "12.5", "-0.001", "1234567890123456789012345678", "1E-20"})
    @DisplayName("takes numbers and gives them back")
    void numbers(String text) throws SQLException {
        BigDecimal number = new BigDecimal(text);
        query(
                "select cast(? as numeric(60, 25)) from dual",
                number,
                row -> assertThat(row.getBigDecimal(1)).isEqualByComparingTo(number));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 252, 253, 4_000})
    @DisplayName("takes texts and gives them back, however long they are")
    void texts(int length) throws SQLException {
        String text = "é".repeat(length / 2) + "e".repeat(length % 2);
        query(
                "select cast(? as varchar) from dual",
                text,
                row -> assertThat(row.getString(1)).isEqualTo(text));
    }

    @Test
    @DisplayName("gives points in time, and nothing for nulls")
    void others() throws SQLException {
        query(
                "select timestamp '2024-02-29 23:59:58.000000001', date '1999-12-31', cast(null as int), ? from dual",
                null,
                row -> {
                    assertThat(row.getTimestamp(1))
                            .isEqualTo(Timestamp.valueOf(LocalDateTime.of(2024, 2, 29, 23, 59, 58, 1)));
                    assertThat(row.getTimestamp(2)).isEqualTo(Timestamp.valueOf(LocalDateTime.of(1999, 12, 31, 0, 0)));
                    assertThat(row.getObject(3)).isNull();
                    assertThat(row.getString(4)).isNull();
                });
    }

    @Test
    @DisplayName("breaks off what takes too long, and goes on")
    void breaksOff() throws SQLException {
        work(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(1);
                assertThatThrownBy(() -> statement.execute(OracleStatements.SLEEP))
                        .isInstanceOf(SQLTimeoutException.class)
                        .hasMessageContaining("ORA-01013");
                assertThat(statement.executeQuery("select 1 from dual").next()).isTrue();
            }
        });
    }

    @Test
    @DisplayName("tells what is wrong with a statement, and goes on")
    void failure() throws SQLException {
        work(connection -> {
            try (Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.executeQuery("select 1 from not_there"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("ORA-00942");
                assertThat(statement.executeQuery("select 1 from dual").next()).isTrue();
            }
        });
    }
}
