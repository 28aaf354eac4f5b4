package dev.headwater.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectorClient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pool of Databricks")
class DatabricksPoolTest {

    private final DatabricksFixture fixture = new DatabricksFixture();

    @Test
    void probe() throws Exception {
        for (int i = 0; i < 3; i++) {
            DatabricksFixture.stub().forget();
            long t0 = System.nanoTime();
            try (ConnectorClient made =
                    fixture.connector().client(Connecting.target(fixture, Map.of()), new ClientSettings("dbx", 2))) {
                try (Connection connection = ((DataSource) made.client()).getConnection();
                        Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("select current_version().dbsql_version")) {
                    rows.next();
                    System.err.println("GOT " + rows.getString(1) + " after " + (System.nanoTime() - t0) / 1000000);
                }
                Thread.getAllStackTraces().keySet().forEach(t -> System.err.println("OPEN " + t.getName()));
            }
            System.err.println("SESSIONS " + DatabricksFixture.sessions());
            DatabricksFixture.stub()
                    .asked()
                    .forEach(a -> System.err.println(
                            "ASKED " + a.method() + " " + a.path() + " " + a.query() + " " + a.headers() + a.body()));
            Thread.getAllStackTraces().keySet().forEach(t -> System.err.println("LEFT " + t.getName()));
        }
        assertThat(1).isEqualTo(1);
    }
}
