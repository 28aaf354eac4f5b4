package dev.headwater.core.internal.kind.standard;

import static dev.headwater.core.internal.kind.standard.Common.AUTHENTICATION;
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

/** PostgreSQL and what speaks its protocol. */
final class PostgresFamily {

    /** Properties of pgjdbc that tune. None of those that load classes, read files, or send text to the server unseen. */
    private static final String[] PGJDBC = {
        "ApplicationName",
        "binaryTransfer",
        "cancelSignalTimeout",
        "channelBinding",
        "connectTimeout",
        "defaultRowFetchSize",
        "gssEncMode",
        "loginTimeout",
        "preparedStatementCacheQueries",
        "preparedStatementCacheSizeMiB",
        "prepareThreshold",
        "reWriteBatchedInserts",
        "readOnly",
        "readOnlyMode",
        "socketTimeout",
        "sslmode",
        "stringtype",
        "tcpKeepAlive"
    };

    /** The same of Amazon's driver, a fork of it. */
    private static final String[] REDSHIFT = {
        "ApplicationName",
        "connectTimeout",
        "defaultRowFetchSize",
        "loginTimeout",
        "readOnly",
        "socketTimeout",
        "sslmode",
        "tcpKeepAlive"
    };

    private PostgresFamily() {}

    static KindDefinition postgresql() {
        return KindDefinition.builder("postgresql", "PostgreSQL")
                .description("A PostgreSQL database.")
                .name(CHALK, "POSTGRESQL")
                .name(DATABRAIN, "postgres")
                .name(BASEDASH, "POSTGRES")
                .fields(
                        Common.host()
                                .alias(CHALK, "PGHOST", REQUIRED)
                                .alias(DATABRAIN, "host", REQUIRED)
                                .alias(BASEDASH, "host", EXPECTED),
                        Common.port(5432)
                                .alias(CHALK, "PGPORT", REQUIRED)
                                .alias(DATABRAIN, "port", REQUIRED)
                                .alias(BASEDASH, "port", EXPECTED),
                        Common.database()
                                .required()
                                .alias(CHALK, "PGDATABASE", REQUIRED)
                                .alias(DATABRAIN, "database", REQUIRED)
                                .alias(BASEDASH, "databaseName", EXPECTED),
                        Common.username()
                                .required()
                                .alias(CHALK, "PGUSER", REQUIRED)
                                .alias(DATABRAIN, "username", REQUIRED)
                                .alias(BASEDASH, "username", EXPECTED),
                        Common.password()
                                .description("Password of the user; none for trust and IAM authentication.")
                                .alias(CHALK, "PGPASSWORD", OPTIONAL)
                                .alias(DATABRAIN, "password", REQUIRED)
                                .alias(BASEDASH, "password", EXPECTED),
                        FieldDefinition.text("schema")
                                .description("Schema to work in; the server's search path if none is given.")
                                .alias(DATABRAIN, "schema", REQUIRED),
                        FieldDefinition.bool("aws_iam_auth")
                                .label("AWS IAM authentication")
                                .group(AUTHENTICATION)
                                .defaultValue(false)
                                .description(
                                        "Whether to log in with a token of AWS IAM in place of a password: as the process itself, or a role "
                                                + "that it may assume, if the application lets its data sources do that.")
                                .alias(CHALK, "PG_AWS_IAM_AUTH", OPTIONAL, Words.TRUTHY),
                        Aws.region("AWS region of the database, for IAM authentication.")
                                .group(AUTHENTICATION)
                                .alias(CHALK, "PG_AWS_REGION", OPTIONAL),
                        Aws.roleArn("Role to assume for IAM authentication.").alias(CHALK, "PG_AWS_ROLE_ARN", OPTIONAL),
                        Common.ssl().alias(DATABRAIN, "sslMode", OPTIONAL).alias(BASEDASH, "sslEnabled", OPTIONAL))
                .fields(Common.ssh(DATABRAIN, BASEDASH))
                .fields(Common.pool(), Common.engineArguments("ENGINE_ARGUMENTS"))
                .rules(Common.sshRules())
                .rules(Rule.requiredWhen(Condition.is("aws_iam_auth", true), "region"))
                .extraProperties(PGJDBC)
                .build();
    }

    static KindDefinition redshift() {
        return KindDefinition.builder("redshift", "Amazon Redshift")
                .description("An Amazon Redshift cluster or workgroup.")
                .name(CHALK, "REDSHIFT")
                .name(DATABRAIN, "redshift")
                .name(BASEDASH, "REDSHIFT")
                .fields(
                        Common.host()
                                .alias(CHALK, "REDSHIFT_HOST", EXPECTED)
                                .alias(DATABRAIN, "host", REQUIRED)
                                .alias(BASEDASH, "host", EXPECTED),
                        Common.port(5439)
                                .alias(CHALK, "REDSHIFT_PORT", OPTIONAL)
                                .alias(DATABRAIN, "port", REQUIRED)
                                .alias(BASEDASH, "port", EXPECTED),
                        Common.database()
                                .required()
                                .alias(CHALK, "REDSHIFT_DB", EXPECTED)
                                .alias(DATABRAIN, "database", REQUIRED)
                                .alias(BASEDASH, "databaseName", EXPECTED),
                        Common.username()
                                .required()
                                .alias(CHALK, "REDSHIFT_USER", EXPECTED)
                                .alias(DATABRAIN, "username", REQUIRED)
                                .alias(BASEDASH, "username", EXPECTED),
                        Common.password()
                                .alias(CHALK, "REDSHIFT_PASSWORD", EXPECTED)
                                .alias(DATABRAIN, "password", REQUIRED)
                                .alias(BASEDASH, "password", EXPECTED),
                        FieldDefinition.text("schema")
                                .description("Schema to work in.")
                                .alias(DATABRAIN, "schema", REQUIRED),
                        FieldDefinition.text("unload.iam_role")
                                .label("UNLOAD role")
                                .group("UNLOAD")
                                .description("Role with which Redshift writes the files of an UNLOAD.")
                                .alias(CHALK, "REDSHIFT_UNLOAD_IAM_ROLE", OPTIONAL),
                        FieldDefinition.text("unload.s3_bucket")
                                .label("UNLOAD bucket")
                                .group("UNLOAD")
                                .description("S3 bucket that takes the files of an UNLOAD.")
                                .alias(CHALK, "REDSHIFT_UNLOAD_S3_BUCKET", OPTIONAL),
                        Common.ssl().alias(DATABRAIN, "sslMode", OPTIONAL).alias(BASEDASH, "sslEnabled", OPTIONAL))
                .fields(Common.ssh(DATABRAIN, BASEDASH))
                .fields(Common.pool())
                .rules(Common.sshRules())
                .extraProperties(REDSHIFT)
                .build();
    }

    static KindDefinition cockroachdb() {
        return KindDefinition.builder("cockroachdb", "CockroachDB")
                .description("A CockroachDB cluster, by the PostgreSQL protocol.")
                .name(DATABRAIN, "cockroachdb")
                .fields(
                        Common.host().alias(DATABRAIN, "host", REQUIRED),
                        Common.port(26_257).alias(DATABRAIN, "port", REQUIRED),
                        Common.database().required().alias(DATABRAIN, "database", REQUIRED),
                        Common.username().required().alias(DATABRAIN, "username", REQUIRED),
                        Common.password().required().alias(DATABRAIN, "password", REQUIRED),
                        FieldDefinition.text("schema")
                                .required()
                                .description("Schema to work in.")
                                .alias(DATABRAIN, "schema", REQUIRED),
                        Common.ssl().alias(DATABRAIN, "sslMode", OPTIONAL))
                .fields(Common.ssh(DATABRAIN))
                .rules(Common.sshRules())
                .extraProperties(PGJDBC)
                .build();
    }

    static KindDefinition supabase() {
        return KindDefinition.builder("supabase", "Supabase")
                .description("The PostgreSQL database of a Supabase project, through its transaction pooler.")
                .name(BASEDASH, "SUPABASE")
                .fields(
                        Common.host().alias(BASEDASH, "host", EXPECTED),
                        Common.port(6543)
                                .description(
                                        "TCP port: 6543 of the transaction pooler, or 5432 for a direct connection.")
                                .alias(BASEDASH, "port", EXPECTED),
                        Common.database()
                                .required()
                                .description("Name of the database, usually postgres.")
                                .alias(BASEDASH, "databaseName", EXPECTED),
                        Common.username()
                                .required()
                                .description("Who to log in as; postgres.<project> through the pooler.")
                                .alias(BASEDASH, "username", EXPECTED),
                        Common.password().required().alias(BASEDASH, "password", EXPECTED),
                        Common.ssl().alias(BASEDASH, "sslEnabled", OPTIONAL))
                .fields(Common.ssh(BASEDASH))
                .fields(Common.pool())
                .rules(Common.sshRules())
                .extraProperties(PGJDBC)
                .build();
    }
}
