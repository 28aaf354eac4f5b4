package dev.headwater.core.internal.kind.standard;

import static dev.headwater.core.internal.kind.standard.Common.AUTHENTICATION;
import static dev.headwater.core.internal.kind.standard.Common.CHALK_ONLY;
import static dev.headwater.spi.Requirement.CONDITIONAL;
import static dev.headwater.spi.Requirement.EXPECTED;
import static dev.headwater.spi.Requirement.OPTIONAL;
import static dev.headwater.spi.Requirement.REQUIRED;
import static dev.headwater.spi.SourceSystem.BASEDASH;
import static dev.headwater.spi.SourceSystem.CHALK;
import static dev.headwater.spi.SourceSystem.DATABRAIN;

import dev.headwater.spi.Condition;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.Rule;
import dev.headwater.spi.ValueTransform;
import java.util.List;

/** Warehouses that are a service: Snowflake, Databricks, Athena. */
final class Warehouses {

    private Warehouses() {}

    static KindDefinition snowflake() {
        return KindDefinition.builder("snowflake", "Snowflake")
                .description(
                        "A Snowflake account. Log in with a password or a key pair; which one is meant is known by which "
                                + "is given, unless auth_method says so.")
                .name(CHALK, "SNOWFLAKE")
                .name(DATABRAIN, "snowflake")
                .name(BASEDASH, "SNOWFLAKE")
                .fields(
                        FieldDefinition.text("account")
                                .required()
                                .length(1, 255)
                                .pattern(
                                        "^[A-Za-z0-9._-]+$", "a Snowflake account identifier such as xy12345.us-east-1")
                                .transform(new ValueTransform.HostOnly(".snowflakecomputing.com"))
                                .description(
                                        "Account identifier; of a host name, the part before .snowflakecomputing.com.")
                                .alias(CHALK, "SNOWFLAKE_ACCOUNT", EXPECTED)
                                .alias(CHALK, "SNOWFLAKE_ACCOUNT_ID", EXPECTED)
                                .alias(
                                        DATABRAIN,
                                        "host",
                                        REQUIRED,
                                        new ValueTransform.HostOnly(".snowflakecomputing.com"))
                                .alias(BASEDASH, "snowflakeAccountId", EXPECTED),
                        Common.username()
                                .required()
                                .alias(CHALK, "SNOWFLAKE_USER", EXPECTED)
                                .alias(DATABRAIN, "username", REQUIRED)
                                .alias(BASEDASH, "username", EXPECTED),
                        FieldDefinition.oneOf("auth_method", "password", "key_pair")
                                .label("Log in with")
                                .group(AUTHENTICATION)
                                .description("Which of password and private key to log in with.")
                                .alias(DATABRAIN, "credentials", REQUIRED, Words.SNOWFLAKE_CREDENTIALS),
                        Common.password()
                                .alias(CHALK, "SNOWFLAKE_PASSWORD", CONDITIONAL)
                                .alias(DATABRAIN, "password", CONDITIONAL)
                                .alias(BASEDASH, "password", CONDITIONAL),
                        FieldDefinition.textBlock("private_key")
                                .secret()
                                .group(AUTHENTICATION)
                                .description("Private key of the user, in PEM form.")
                                .alias(CHALK, "SNOWFLAKE_PRIVATE_KEY_B64", CONDITIONAL, new ValueTransform.Base64Text())
                                .alias(DATABRAIN, "privateKey", CONDITIONAL)
                                .alias(BASEDASH, "snowflakePrivateKey", CONDITIONAL),
                        FieldDefinition.text("private_key_passphrase")
                                .secret()
                                .group(AUTHENTICATION)
                                .description("Passphrase of the private key, if it has one.")
                                .alias(DATABRAIN, "privateKeyPass", OPTIONAL)
                                .alias(BASEDASH, "snowflakePrivateKeyPassphrase", OPTIONAL),
                        FieldDefinition.text("role")
                                .description("Role to take; the user's own default if none is given.")
                                .alias(CHALK, "SNOWFLAKE_ROLE", EXPECTED)
                                .alias(DATABRAIN, "role", REQUIRED)
                                .alias(BASEDASH, "snowflakeRole", OPTIONAL),
                        FieldDefinition.text("warehouse")
                                .required()
                                .description("Warehouse that runs the queries.")
                                .alias(CHALK, "SNOWFLAKE_WAREHOUSE", EXPECTED)
                                .alias(DATABRAIN, "warehouse", REQUIRED)
                                .alias(BASEDASH, "snowflakeWarehouse", EXPECTED),
                        Common.database()
                                .required()
                                .alias(CHALK, "SNOWFLAKE_DATABASE", EXPECTED)
                                .alias(DATABRAIN, "database", REQUIRED)
                                .alias(BASEDASH, "databaseName", EXPECTED),
                        FieldDefinition.text("schema")
                                .description("Schema to work in.")
                                .alias(CHALK, "SNOWFLAKE_SCHEMA", EXPECTED)
                                .alias(DATABRAIN, "schema", REQUIRED),
                        FieldDefinition.text("unload.stage")
                                .group(CHALK_ONLY)
                                .description("Stage to which Chalk unloads results.")
                                .alias(CHALK, "SNOWFLAKE_UNLOAD_STAGE", OPTIONAL),
                        FieldDefinition.text("unload.external_location")
                                .group(CHALK_ONLY)
                                .description("Location outside Snowflake to which Chalk unloads results.")
                                .alias(CHALK, "SNOWFLAKE_UNLOAD_EXTERNAL_LOCATION", OPTIONAL),
                        Common.pool())
                .rules(
                        new Rule.Choice(
                                Condition.absent("auth_method"),
                                Rule.Count.EXACTLY_ONE,
                                List.of("password", "private_key")),
                        Rule.requiredWhen(Condition.is("auth_method", "password"), "password"),
                        Rule.requiredWhen(Condition.is("auth_method", "key_pair"), "private_key"))
                .extraProperties(
                        "CLIENT_SESSION_KEEP_ALIVE", "application", "loginTimeout", "networkTimeout", "queryTimeout")
                .build();
    }

    static KindDefinition databricks() {
        return KindDefinition.builder("databricks", "Databricks")
                .description(
                        "A SQL warehouse of a Databricks workspace. Log in with an access token, or as a service principal. "
                                + "Basedash's keys for it are a guess, and it has none for the HTTP path.")
                .name(CHALK, "DATABRICKS")
                .name(DATABRAIN, "databricks")
                .name(BASEDASH, "DATABRICKS")
                .fields(
                        Common.urlHost()
                                .required()
                                .description("Host of the workspace; of a URL, the host is taken.")
                                .alias(CHALK, "DATABRICKS_HOST", EXPECTED)
                                .alias(DATABRAIN, "serverHostname", REQUIRED)
                                .alias(BASEDASH, "host", EXPECTED),
                        FieldDefinition.text("http_path")
                                .required()
                                .label("HTTP path")
                                .pattern("^[A-Za-z0-9/._-]+$", "a path such as /sql/1.0/warehouses/abc123")
                                .description("HTTP path of the SQL warehouse.")
                                .alias(CHALK, "DATABRICKS_HTTP_PATH", EXPECTED)
                                .alias(DATABRAIN, "httpPath", REQUIRED),
                        FieldDefinition.text("access_token")
                                .secret()
                                .group(AUTHENTICATION)
                                .description("Personal access token.")
                                .alias(CHALK, "DATABRICKS_TOKEN", CONDITIONAL)
                                .alias(DATABRAIN, "token", REQUIRED)
                                .alias(BASEDASH, "password", EXPECTED),
                        FieldDefinition.text("client_id")
                                .label("Client ID")
                                .group(AUTHENTICATION)
                                .description("Application ID of the service principal.")
                                .alias(CHALK, "DATABRICKS_CLIENT_ID", CONDITIONAL),
                        FieldDefinition.text("client_secret")
                                .secret()
                                .group(AUTHENTICATION)
                                .description("Secret of the service principal.")
                                .alias(CHALK, "DATABRICKS_CLIENT_SECRET", CONDITIONAL),
                        Common.database()
                                .description("Schema to work in, which Chalk calls the database.")
                                .alias(CHALK, "DATABRICKS_DATABASE", OPTIONAL)
                                .alias(BASEDASH, "databaseName", EXPECTED),
                        Common.port(443)
                                .alias(CHALK, "DATABRICKS_PORT", OPTIONAL)
                                .alias(BASEDASH, "port", EXPECTED),
                        Common.pool())
                .rules(Rule.exactlyOneOf("access_token", "client_id"), Rule.allOrNone("client_id", "client_secret"))
                .extraProperties("ConnCatalog", "SocketTimeout", "UserAgentEntry")
                .build();
    }

    static KindDefinition athena() {
        return KindDefinition.builder("athena", "AWS Athena")
                .description(
                        "Amazon Athena. Log in with an access key, with a role, or with a role that the key may assume. "
                                + "Basedash has no key for the region, and its keys for the access key are a guess.")
                .name(CHALK, "ATHENA")
                .name(DATABRAIN, "athena")
                .name(BASEDASH, "ATHENA")
                .fields(
                        Aws.region("AWS region of the workgroup.")
                                .required()
                                .alias(CHALK, "ATHENA_AWS_REGION", EXPECTED)
                                .alias(DATABRAIN, "s3Region", REQUIRED),
                        FieldDefinition.text("output_location")
                                .required()
                                .description("Where results go: s3://bucket/path, or the bucket alone.")
                                .alias(CHALK, "ATHENA_S3_STAGING_DIR", EXPECTED)
                                .alias(DATABRAIN, "outputBucket", REQUIRED)
                                .alias(BASEDASH, "athenaOutputLocation", EXPECTED),
                        Common.database()
                                .alias(CHALK, "ATHENA_SCHEMA_NAME", OPTIONAL)
                                .alias(DATABRAIN, "database", REQUIRED)
                                .alias(BASEDASH, "databaseName", OPTIONAL),
                        FieldDefinition.text("catalog")
                                .defaultValue("AwsDataCatalog")
                                .description("Data catalog to work in.")
                                .alias(CHALK, "ATHENA_CATALOG_NAME", OPTIONAL)
                                .alias(BASEDASH, "athenaCatalog", OPTIONAL),
                        FieldDefinition.text("workgroup")
                                .defaultValue("primary")
                                .description("Workgroup that runs the queries.")
                                .alias(CHALK, "ATHENA_WORK_GROUP", OPTIONAL)
                                .alias(BASEDASH, "athenaWorkgroup", OPTIONAL),
                        Aws.accessKeyId()
                                .alias(CHALK, "ATHENA_AWS_ACCESS_KEY_ID", CONDITIONAL)
                                .alias(DATABRAIN, "s3AccessKeyId", REQUIRED)
                                .alias(BASEDASH, "username", EXPECTED),
                        Aws.secretAccessKey()
                                .alias(CHALK, "ATHENA_AWS_ACCESS_KEY_SECRET", CONDITIONAL)
                                .alias(DATABRAIN, "s3SecretAccessKey", REQUIRED)
                                .alias(BASEDASH, "password", EXPECTED),
                        Aws.roleArn("Role to assume.").alias(CHALK, "ATHENA_ROLE_ARN", CONDITIONAL),
                        FieldDefinition.text("external_id")
                                .label("Datasource ID")
                                .description("DataBrain's optional datasourceId; kept and handed out.")
                                .alias(DATABRAIN, "datasourceId", OPTIONAL),
                        Aws.endpointUrl(),
                        Common.pool())
                .rules(Aws.bothHalvesOfTheKey(), Rule.atLeastOneOf("access_key_id", "role_arn"))
                .build();
    }
}
