package dev.headwater.core.internal.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.KindCatalog;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RulesTest {

    /** What is wrong with the minimal config of the kind with these keys put in; null takes a key out. */
    private static List<String> messages(String kind, Object... keysAndValues) {
        Map<String, Object> config = new LinkedHashMap<>(
                SampleConfigs.minimal(KindCatalog.standard().find(kind).orElseThrow()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            config.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return KindCatalog.standard().validate(kind, config).violations().stream()
                .map(Violation::message)
                .toList();
    }

    @Test
    @DisplayName("An SSH tunnel wants a server, a user, and a password or a key; its fields rest while it is off")
    void ssh() {
        assertThat(messages("postgresql", "ssh.enabled", true)).hasSize(3);
        assertThat(messages(
                        "postgresql", "ssh.enabled", true, "ssh.host", "b", "ssh.username", "u", "ssh.password", "p"))
                .isEmpty();
        assertThat(messages(
                        "postgresql",
                        "ssh.enabled",
                        true,
                        "ssh.host",
                        "b",
                        "ssh.username",
                        "u",
                        "ssh.private_key",
                        LinkedSecretRef.of("key")))
                .isEmpty();
        assertThat(messages("postgresql", "ssh.enabled", false, "ssh.host", "b"))
                .isEmpty();
        assertThat(messages("postgresql", "ssh.enabled", LinkedSecretRef.of("on-or-off")))
                .isEmpty();
    }

    @Test
    @DisplayName("SQL Server: a user and password, a whole service principal, or nothing; never both")
    void mssql() {
        assertThat(messages("mssql")).isEmpty();
        assertThat(messages("mssql", "username", "u"))
                .containsExactly("password is required too: username and password belong together");
        assertThat(messages("mssql", "client_id", "c"))
                .containsExactly(
                        "client_secret is required too: client_id, client_secret and tenant_id belong together",
                        "tenant_id is required too: client_id, client_secret and tenant_id belong together");
        assertThat(messages("mssql", "client_id", "c", "client_secret", "s", "tenant_id", "t"))
                .isEmpty();
        assertThat(messages(
                        "mssql",
                        "username",
                        "u",
                        "password",
                        "p",
                        "client_id",
                        "c",
                        "client_secret",
                        "s",
                        "tenant_id",
                        "t"))
                .containsExactly("at most one of username and client_id may be given");
    }

    @Test
    @DisplayName("Snowflake: exactly one secret says how to log in, or auth_method does")
    void snowflake() {
        assertThat(messages("snowflake", "password", null))
                .containsExactly("exactly one of password and private_key is required when auth_method is not given");
        assertThat(messages("snowflake", "private_key", "k")).hasSize(1);
        assertThat(messages("snowflake", "private_key", "k", "auth_method", "key_pair"))
                .isEmpty();
        assertThat(messages("snowflake", "auth_method", "key_pair"))
                .containsExactly("private_key is required when auth_method is key_pair");
    }

    @Test
    @DisplayName("Databricks: a token, or a service principal")
    void databricks() {
        assertThat(messages("databricks", "access_token", null))
                .containsExactly("exactly one of access_token and client_id is required");
        assertThat(messages("databricks", "access_token", null, "client_id", "c", "client_secret", "s"))
                .isEmpty();
        assertThat(messages("databricks", "access_token", null, "client_id", "c"))
                .hasSize(1);
    }

    @Test
    @DisplayName("AWS: keys come in pairs; Athena wants a key or a role; DynamoDB takes one of them at most")
    void aws() {
        String role = "arn:aws:iam::123456789012:role/r";
        assertThat(messages("athena", "access_key_id", null, "secret_access_key", null))
                .containsExactly("at least one of access_key_id and role_arn is required");
        assertThat(messages("athena", "access_key_id", null, "secret_access_key", null, "role_arn", role))
                .isEmpty();
        assertThat(messages("dynamodb")).isEmpty();
        assertThat(messages("dynamodb", "access_key_id", "k")).hasSize(1);
        assertThat(messages("dynamodb", "access_key_id", "k", "secret_access_key", "s", "role_arn", role))
                .containsExactly("at most one of access_key_id and role_arn may be given");
        assertThat(messages("dynamodb", "role_arn", "reader")).hasSize(1);
    }

    @Test
    @DisplayName("Kinesis: a stream by name or by ARN, not both")
    void kinesis() {
        assertThat(messages("kinesis", "stream_name", null))
                .containsExactly("exactly one of stream_name and stream_arn is required");
        assertThat(messages("kinesis", "stream_arn", "arn:aws:kinesis:us-east-1:123456789012:stream/s"))
                .hasSize(1);
    }

    @Test
    @DisplayName("Kafka: SASL fields go with SASL protocols, and MSK's IAM wants a region in their place")
    void kafka() {
        assertThat(messages("kafka", "sasl.username", "u"))
                .containsExactly(
                        "sasl.username may be given only when security_protocol is SASL_PLAINTEXT or SASL_SSL");
        assertThat(messages("kafka", "sasl.mechanism", "PLAIN")).isEmpty();
        assertThat(messages("kafka", "sasl.mechanism", "SCRAM-SHA-256")).hasSize(1);
        assertThat(messages("kafka", "security_protocol", "SASL_SSL"))
                .containsExactly(
                        "sasl.username is required when security_protocol is SASL_PLAINTEXT or SASL_SSL and msk_iam_auth is false",
                        "sasl.password is required when security_protocol is SASL_PLAINTEXT or SASL_SSL and msk_iam_auth is false");
        assertThat(messages("kafka", "KAFKA_MSK_IAM_AUTH", "true"))
                .containsExactly("region is required when msk_iam_auth is true");
        assertThat(messages("kafka", "msk_iam_auth", true, "region", "us-east-1", "security_protocol", "SASL_SSL"))
                .isEmpty();
    }

    @Test
    @DisplayName("Search: clouds want a cloud id and a user; only servers of one's own may do without")
    void search() {
        for (String kind : new String[] {"elasticsearch", "opensearch"}) {
            assertThat(messages(kind, "server_url", null))
                    .containsExactly("server_url is required when server_type is self-managed");
            assertThat(messages(kind, "server_type", "elastic-cloud"))
                    .containsExactly("cloud_id is required when server_type is elastic-cloud or open-cloud");
            assertThat(messages(kind, "disable_auth", true, "username", null, "password", null))
                    .isEmpty();
            assertThat(messages(kind, "disable_auth", true, "server_type", "open-cloud", "cloud_id", "c"))
                    .containsExactly("disable_auth may be given only when server_type is self-managed");
            assertThat(messages(kind, "disable_auth", false, "server_type", "open-cloud", "cloud_id", "c"))
                    .isEmpty();
            assertThat(messages(kind, "username", null))
                    .containsExactly("username is required when disable_auth is false");
        }
    }

    @Test
    @DisplayName("PostgreSQL: IAM authentication wants a region")
    void postgresIam() {
        assertThat(messages("postgresql", "PG_AWS_IAM_AUTH", "true"))
                .containsExactly("region is required when aws_iam_auth is true");
    }

    @Test
    @DisplayName("A stored config is checked by its view, where secrets and links are only present")
    void check() {
        CompiledKind kind =
                new CompiledKind(KindCatalog.standard().find("snowflake").orElseThrow());
        Map<String, Object> view = new LinkedHashMap<>(Map.of(
                "account",
                "a",
                "username",
                "u",
                "warehouse",
                "w",
                "database",
                "d",
                "private_key",
                CompiledKind.PRESENT));
        assertThat(kind.check(view)).isEmpty();
        view.put("extraProperties.application", "x");
        view.put("password", CompiledKind.PRESENT);
        assertThat(kind.check(view)).extracting(Violation::code).containsExactly("exactly-one");
        assertThat(kind.check(Map.of())).hasSize(5);
        assertThat(new CompiledKind(KindCatalog.standard().find("postgresql").orElseThrow()).defaults())
                .containsEntry("port", 5432L)
                .containsEntry("ssl.enabled", true)
                .containsEntry("ssh.port", 22L);
    }

    @Test
    @DisplayName("An explicit null is a wish to clear, in the order of the definition with the rest")
    void cleared() {
        CompiledKind kind =
                new CompiledKind(KindCatalog.standard().find("postgresql").orElseThrow());
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put("schema", null);
        patch.put("PGHOST", "other");
        assertThat(kind.parse(patch).values())
                .containsExactly(
                        Map.entry("host", new ParsedValue.Plain("other")),
                        Map.entry("schema", new ParsedValue.Cleared()));
        assertThat(kind.parse(patch).result().valid()).isTrue();
    }
}
