package dev.headwater.fakeserver;

import static dev.headwater.spi.SourceSystem.DATABRAIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.headwater.fakeserver.Rest.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fields are those of DataBrain's documents, written down here once more and not taken from the kinds. */
@DisplayName("DataBrain's types want their own fields:")
class DataBrainTypesTest {

    private static final FakeServer SERVER = FakeServer.start();
    private static final String PATH = "/api/v2/datasource";
    private static final Set<String> NUMBERS = Set.of("port", "sshPort");
    private static final Set<String> FLAGS = Set.of("disableAuth", "sslMode", "isDisableDatabase", "isIgnoreSsl");
    private static final Pattern REQUIRED = Pattern.compile("\"credentials\\.(\\w+)\" is required");

    private final Rest client = new Rest(SERVER, DATABRAIN);

    @BeforeEach
    void reset() {
        SERVER.reset();
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static String body(String type, List<String> fields) {
        JsonObject credentials = new JsonObject();
        credentials.addProperty("name", "n");
        for (String field : fields) {
            String[] keyAndValue = field.split("=", 2);
            String key = keyAndValue[0];
            if (NUMBERS.contains(key)) {
                credentials.addProperty(key, 5432);
            } else if (FLAGS.contains(key)) {
                credentials.addProperty(key, true);
            } else {
                credentials.addProperty(key, keyAndValue.length == 2 ? keyAndValue[1] : "value");
            }
        }
        JsonObject body = new JsonObject();
        body.addProperty("datasourceType", type);
        body.add("credentials", credentials);
        return body.toString();
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : Arrays.asList(text.split(", "));
    }

    private static Set<String> missing(Reply reply) {
        Set<String> missing = new TreeSet<>();
        if (reply.status() != 200) {
            Matcher matcher = REQUIRED.matcher(reply.text("error", "message"));
            while (matcher.find()) {
                missing.add(matcher.group(1));
            }
        }
        return missing;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "snowflake | host, username, role, warehouse, database, schema, credentials",
                "postgres | host, port, username, password, database, schema",
                "redshift | host, port, username, password, database, schema",
                "cockroachdb | host, port, username, password, database, schema",
                "bigquery | credentials_json, project_id, dataset_location",
                "mysql | host, port, user, password",
                "mongodb | host, port, user, password",
                "clickhouse | host, port, user, password",
                "mssql | server, port, user, password",
                "singlestore | host, port, user, password, database",
                "databricks | serverHostname, httpPath, token",
                "elasticsearch | server_type, username, password",
                "opensearch | server_type, username, password",
                "firebolt | client_id, client_secret, account, database, engineName",
                "athena | database, outputBucket, s3AccessKeyId, s3Region, s3SecretAccessKey",
                "trino | host, port, catalog, schema, username, password",
                "csv |",
                "awss3 | bucketName, s3Region, s3AccessKeyId, s3SecretAccessKey",
            })
    @DisplayName("with a name only, all of them are missing")
    void required(String type, String fields) {
        Reply reply = client.post(PATH, body(type, List.of()));

        assertThat(missing(reply)).containsExactlyInAnyOrderElementsOf(words(fields));
        assertThat(reply.status()).isEqualTo(fields == null ? 200 : 400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgres | host, port, username, password, database, schema, sshTunnel=enable |"
                        + " sshHost, sshPort, sshUsername, sshPrivateKey",
                "trino | host, port, catalog, schema, username, password, sshTunnel=enable |"
                        + " sshHost, sshPort, sshUsername, sshPrivateKey",
                "redshift | host, port, username, password, database, schema, sshTunnel=disable |",
                "snowflake | host, username, role, warehouse, database, schema, credentials=username/password | password",
                "snowflake | host, username, role, warehouse, database, schema, credentials=Key-pair authentication |"
                        + " privateKey",
                "elasticsearch | server_type=elastic-cloud, username, password | cloud_id",
                "opensearch | server_type=open-cloud, username, password | cloud_id",
                "opensearch | server_type=self-managed | server_url, username, password",
                "elasticsearch | server_type=self-managed, server_url, disableAuth |",
            })
    @DisplayName("what they are decides what else is missing")
    void conditional(String type, String fields, String missing) {
        Reply reply = client.post(PATH, body(type, words(fields)));

        assertThat(missing(reply)).as(reply.text()).containsExactlyInAnyOrderElementsOf(words(missing));
        assertThat(reply.status()).as(reply.text()).isEqualTo(missing == null ? 200 : 400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "snowflake | host, username, role, warehouse, database, schema, credentials=Key-pair authentication,"
                        + " privateKey, privateKeyPass",
                "postgres | host, port, username, password, database, schema, sslMode, sshTunnel=enable, sshHost, sshPort,"
                        + " sshUsername, sshPrivateKey",
                "postgres | host, port, username, password, database, schema, sshTunnel=disable, sshHost, sshPort",
                "cockroachdb | host, port, username, password, database, schema",
                "bigquery | credentials_json, project_id, dataset_location, dataset_id",
                "mongodb | host, port, user, password",
                "mssql | server, port, user, password, database, isDisableDatabase",
                "singlestore | host, port, user, password, database",
                "databricks | serverHostname, httpPath, token",
                "elasticsearch | server_type=elastic-cloud, cloud_id, username, password, isIgnoreSsl",
                "firebolt | client_id, client_secret, account, database, engineName, schema",
                "athena | database, outputBucket, s3AccessKeyId, s3Region, s3SecretAccessKey, datasourceId",
                "trino | host, port, catalog, schema, username, password",
                "awss3 | bucketName, datasetPath=, s3Region, s3AccessKeyId, s3SecretAccessKey, tableLevel=Folder",
            })
    @DisplayName("with all of them, and optional ones, a data source is made, whatever the values")
    void complete(String type, String fields) {
        Reply reply = client.post(PATH, body(type, words(fields)));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(SERVER.dataSources())
                .singleElement()
                .satisfies(source ->
                        assertThat(source.config()).hasSize(words(fields).size()));
    }
}
