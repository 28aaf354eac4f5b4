package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import dev.headwater.core.internal.kind.ParsedConfig;
import dev.headwater.core.internal.kind.ParsedValue;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.ValueEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The configs that the three systems' own documents print are read as they stand. */
class SeedSamplesTest {

    private static ParsedConfig accepted(String kind, Map<String, ?> config) {
        assertThat(KindCatalog.standard().validate(kind, config).violations()).isEmpty();
        ParsedConfig parsed = KindCatalog.standard().compiled(kind).parse(config);
        assertThat(parsed.result().valid()).isTrue();
        return parsed;
    }

    private static ParsedValue plain(Object value) {
        return new ParsedValue.Plain(value);
    }

    private static ParsedValue secret(String value) {
        return new ParsedValue.Secret(SecretValue.of(value));
    }

    @Test
    @DisplayName("Chalk's BigQuery sample: the credentials are decoded")
    void chalkBigQuery() {
        String key = "{\"type\":\"service_account\",\"project_id\":\"my-gcp-project\"}";
        ParsedConfig parsed = accepted(
                "BIGQUERY",
                Map.of(
                        "BQ_PROJECT",
                        "my-gcp-project",
                        "BQ_DATASET",
                        "my_dataset",
                        "BQ_CREDENTIALS_BASE64",
                        Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8))));
        assertThat(parsed.values())
                .isEqualTo(Map.of(
                        "project", plain("my-gcp-project"),
                        "dataset", plain("my_dataset"),
                        "credentials_json", secret(key)));
    }

    @Test
    @DisplayName("Chalk's Snowflake samples: password, and a linked key that will hold Base64")
    void chalkSnowflake() {
        Map<String, Object> config = new LinkedHashMap<>(Map.of(
                "SNOWFLAKE_USER", "admin",
                "SNOWFLAKE_ACCOUNT", "xy12345.us-east-1",
                "SNOWFLAKE_DATABASE", "PROD_DB",
                "SNOWFLAKE_WAREHOUSE", "COMPUTE_WH",
                "SNOWFLAKE_SCHEMA", "PUBLIC",
                "SNOWFLAKE_ROLE", "ANALYST_ROLE"));
        config.put("SNOWFLAKE_PASSWORD", "secret");
        assertThat(accepted("SNOWFLAKE", config).values())
                .containsEntry("account", plain("xy12345.us-east-1"))
                .containsEntry("password", secret("secret"))
                .hasSize(7);

        config.remove("SNOWFLAKE_PASSWORD");
        LinkedSecretRef link = LinkedSecretRef.of("snowflake-prod-key");
        config.put("SNOWFLAKE_PRIVATE_KEY_B64", link);
        assertThat(accepted("SNOWFLAKE", config).values())
                .containsEntry("private_key", new ParsedValue.Link(link, ValueEncoding.BASE64));
    }

    @Test
    @DisplayName("PostgreSQL by Chalk, DataBrain and Basedash lands on the same fields")
    void postgresThreeTimes() {
        Map<String, ParsedValue> chalk = accepted(
                        "POSTGRESQL",
                        Map.of(
                                "PGHOST", "db.example.com",
                                "PGPORT", "5432",
                                "PGDATABASE", "analytics",
                                "PGUSER", "dbuser",
                                "PGPASSWORD", "newpassword"))
                .values();

        String credentials = """
                {"name": "production-postgres", "host": "db.example.com", "port": 5432, "username": "dbuser",
                 "password": "newpassword", "database": "analytics", "schema": "public"}""";
        Map<String, Object> fromJson =
                new Gson().fromJson(credentials, new TypeToken<Map<String, Object>>() {}.getType());
        ParsedConfig databrain = accepted("postgres", fromJson);

        Map<String, Object> body = new LinkedHashMap<>(Map.of(
                "type", "direct",
                "dialect", "POSTGRES",
                "displayName", "Production",
                "host", "db.example.com",
                "port", 5432,
                "databaseName", "analytics",
                "username", "dbuser",
                "password", "newpassword"));
        ParsedConfig basedash = accepted("POSTGRES", body);

        assertThat(chalk).containsExactlyInAnyOrderEntriesOf(basedash.values());
        Map<String, ParsedValue> withoutSchema = new HashMap<>(databrain.values());
        assertThat(withoutSchema.remove("schema")).isEqualTo(plain("public"));
        assertThat(withoutSchema).isEqualTo(chalk);
        assertThat(databrain.envelope()).containsExactly(Map.entry("name", "production-postgres"));
        assertThat(basedash.envelope()).containsExactly(Map.entry("displayName", "Production"));
    }

    @Test
    @DisplayName("A Basedash body with every key is read for POSTGRES, where the keys of other dialects say nothing")
    void basedashWithEveryKey() {
        Map<String, Object> body = new LinkedHashMap<>();
        for (String foreign : new String[] {
            "snowflakeAccountId",
            "snowflakeWarehouse",
            "snowflakeRole",
            "snowflakePrivateKey",
            "snowflakePrivateKeyPassphrase",
            "bigQueryJsonKey",
            "bigQueryProjectId",
            "spannerInstanceId",
            "athenaWorkgroup",
            "athenaOutputLocation"
        }) {
            body.put(foreign, null);
        }
        body.put("athenaCatalog", "");
        body.putAll(Map.of(
                "type", "direct",
                "dialect", "POSTGRES",
                "displayName", "Production",
                "host", "db.example.com",
                "port", 5432,
                "username", "dbuser",
                "password", "pa55",
                "databaseName", "analytics",
                "sslEnabled", false,
                "sshEnabled", true));
        body.putAll(Map.of(
                "sshHost", "bastion.example.com",
                "sshPort", 2222,
                "sshUsername", "tunnel",
                "sshPassword", "p",
                "sshPrivateKey", "-----BEGIN KEY-----\n",
                "sshPrivateKeyPassphrase", "pp",
                "maxPoolSize", 20));
        assertThat(body).hasSize(28);

        ParsedConfig parsed = accepted("postgresql", body);
        assertThat(parsed.values())
                .hasSize(14)
                .containsEntry("ssl.enabled", plain(false))
                .containsEntry("ssh.port", plain(2222L))
                .containsEntry("pool.max_size", plain(20L));
        assertThat(KindCatalog.standard()
                        .validate("POSTGRES", Map.of("snowflakeRole", "R"))
                        .violations())
                .anySatisfy(violation -> assertThat(violation.message())
                        .isEqualTo(
                                "postgresql has no field for snowflakeRole, which Basedash uses for other dialects"));
    }

    @Test
    @DisplayName("Flags that Basedash sends for every dialect are no obstacle at their defaults")
    void idleFlags() {
        Map<String, Object> body = new LinkedHashMap<>(Map.of(
                "type", "direct",
                "dialect", "BIGQUERY",
                "displayName", "B",
                "bigQueryProjectId", "p",
                "bigQueryJsonKey", "{}",
                "sslEnabled", true,
                "sshEnabled", false));
        body.put("databaseName", null);
        assertThat(accepted("BIGQUERY", body).values()).containsOnlyKeys("project", "credentials_json");
        body.put("sshEnabled", true);
        assertThat(KindCatalog.standard().validate("BIGQUERY", body).violations())
                .extracting("field")
                .containsExactly("sshEnabled");
    }

    @Test
    @DisplayName("DataBrain's Snowflake: the account is cut out of the host name, and its words name the way to log in")
    void databrainSnowflake() {
        Map<String, Object> config = new LinkedHashMap<>(Map.of(
                "name", "snow",
                "host", "xy12345.us-east-1.snowflakecomputing.com",
                "username", "u",
                "role", "R",
                "warehouse", "W",
                "database", "D",
                "schema", "S",
                "credentials", "username/password",
                "password", "pa55"));
        assertThat(accepted("snowflake", config).values())
                .containsEntry("account", plain("xy12345.us-east-1"))
                .containsEntry("auth_method", plain("password"));
        config.put("credentials", "Key-pair authentication");
        assertThat(KindCatalog.standard().validate("snowflake", config).violations())
                .extracting("message")
                .containsExactly("private_key is required when auth_method is key_pair");
    }

    @Test
    @DisplayName("DataBrain's tunnel words are flags")
    void tunnelWords() {
        Map<String, Object> config = new LinkedHashMap<>(
                Map.of("host", "h", "port", 1, "username", "u", "database", "d", "sshTunnel", "disable"));
        assertThat(accepted("postgres", config).values()).containsEntry("ssh.enabled", plain(false));
        config.put("sshTunnel", "enable");
        assertThat(KindCatalog.standard().validate("postgres", config).violations())
                .extracting("message")
                .containsExactly(
                        "ssh.host is required when ssh.enabled is true",
                        "ssh.username is required when ssh.enabled is true",
                        "at least one of ssh.password and ssh.private_key is required when ssh.enabled is true");
        config.put("sshTunnel", "on");
        assertThat(KindCatalog.standard().validate("postgres", config).violations())
                .extracting("message")
                .containsExactly("sshTunnel must be one of enable, disable, got \"on\"");
    }

    @Test
    @DisplayName("Another dialect or type in a pasted body is refused")
    void wrongDialect() {
        assertThat(KindCatalog.standard()
                        .validate("mysql", Map.of("type", "csv", "dialect", "POSTGRES", "host", "h", "username", "u"))
                        .violations())
                .extracting("code")
                .containsExactlyInAnyOrder("not-one-of", "wrong-kind");
    }
}
