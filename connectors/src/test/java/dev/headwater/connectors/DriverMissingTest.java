package dev.headwater.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A connector whose driver is not on the class path")
class DriverMissingTest {

    private static final List<String> DRIVERS = List.of(
            "postgresql-",
            "jsch-",
            "redshift-jdbc42-",
            "mariadb-java-client-",
            "duckdb_jdbc-",
            "kafka-clients-",
            "mongodb-driver-",
            "bson-",
            "okhttp-",
            "trino-jdbc-",
            "mssql-jdbc-",
            "clickhouse-jdbc-",
            "jdbc-v2-",
            "snowflake-jdbc-",
            "ojdbc17-");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "postgresql,org.postgresql:postgresql",
        "supabase,org.postgresql:postgresql",
        "cockroachdb,org.postgresql:postgresql",
        "redshift,com.amazon.redshift:redshift-jdbc42",
        "mysql,org.mariadb.jdbc:mariadb-java-client",
        "planetscale,org.mariadb.jdbc:mariadb-java-client",
        "singlestore,org.mariadb.jdbc:mariadb-java-client",
        "duckdb,org.duckdb:duckdb_jdbc",
        "mongodb,org.mongodb:mongodb-driver-sync",
        "elasticsearch,com.squareup.okhttp3:okhttp-jvm",
        "opensearch,com.squareup.okhttp3:okhttp-jvm",
        "trino,io.trino:trino-jdbc",
        "mssql,com.microsoft.sqlserver:mssql-jdbc",
        "clickhouse,com.clickhouse:clickhouse-jdbc",
        "snowflake,net.snowflake:snowflake-jdbc",
        "oracle,com.oracle.database.jdbc:ojdbc17",
        "postgresql through a tunnel,com.github.mwiede:jsch"
    })
    @DisplayName("can be made, and names the artifact to add when it is used")
    void missing(String kind, String artifact) throws Exception {
        assertThat(use(kind))
                .hasSize(2)
                .allSatisfy(answer -> assertThat(answer)
                        .startsWith("DRIVER_MISSING")
                        .contains("is not on the class path")
                        .contains("Add " + artifact));
    }

    @Test
    @DisplayName("tests a Kafka source all the same, and names the artifact when a client is asked for")
    void kafka() throws Exception {
        List<String> answers = use("kafka");
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0)).doesNotStartWith("DRIVER_MISSING").contains("127.0.0.1:1");
        assertThat(answers.get(1)).startsWith("DRIVER_MISSING").contains("Add org.apache.kafka:kafka-clients");
    }

    private static List<String> use(String kind) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String file = Path.of(entry).getFileName().toString();
            if (DRIVERS.stream().noneMatch(file::startsWith)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> probe = loader.loadClass(MissingDriverProbe.class.getName());
            @SuppressWarnings("unchecked")
            List<String> answers =
                    (List<String>) probe.getMethod("use", String.class).invoke(null, kind);
            return answers;
        }
    }
}
