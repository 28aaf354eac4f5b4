package dev.headwater.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A connector, where only what Headwater itself needs is on the class path,")
class DriverMissingTest {

    /** Beginnings of the names of jars. slf4j has nowhere to write, so the log of the other tests stays as it is. */
    private static final List<String> NEEDED = List.of("headwater-", "HikariCP-", "gson-", "jspecify-", "slf4j-api-");

    static Stream<String> kinds() {
        return Connectors.all().stream().flatMap(connector -> connector.kinds().stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    @DisplayName("can be made, and fails with a code when it is used")
    void loads(String kind) throws Exception {
        assertThat(use(kind)).hasSize(2);
    }

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
        "postgresql through a tunnel,com.github.mwiede:jsch",
        "dynamodb,software.amazon.awssdk:dynamodb",
        "s3,software.amazon.awssdk:s3",
        "kinesis,software.amazon.awssdk:kinesis",
        "athena,software.amazon.awssdk:athena"
    })
    @DisplayName("names the artifact to add")
    void missing(String kind, String artifact) throws Exception {
        assertThat(use(kind)).allSatisfy(answer -> assertMissing(answer, artifact));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"kafka,org.apache.kafka:kafka-clients,", "databricks,com.databricks:databricks-jdbc,okhttp okio kotlin"
    })
    @DisplayName("names the artifact to add for a client, if it logs in without")
    void missingForClient(String kind, String artifact, @Nullable String there) throws Exception {
        List<String> answers = use(kind, there == null ? List.of() : List.of(there.split(" ")));
        assertThat(answers.get(0)).doesNotStartWith("DRIVER_MISSING");
        assertMissing(answers.get(1), artifact);
    }

    private static void assertMissing(String answer, String artifact) {
        assertThat(answer)
                .startsWith("DRIVER_MISSING")
                .contains("is not on the class path")
                .contains("Add " + artifact);
    }

    private static List<String> use(String kind) throws Exception {
        return use(kind, List.of());
    }

    /** @param there beginnings of the names of more jars */
    @SuppressWarnings("unchecked")
    private static List<String> use(String kind, List<String> there) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            String file = path.getFileName().toString();
            if (Files.isDirectory(path)
                    || NEEDED.stream().anyMatch(file::startsWith)
                    || there.stream().anyMatch(file::startsWith)) {
                urls.add(path.toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> probe = loader.loadClass(MissingDriverProbe.class.getName());
            return (List<String>) probe.getMethod("use", String.class).invoke(null, kind);
        }
    }
}
