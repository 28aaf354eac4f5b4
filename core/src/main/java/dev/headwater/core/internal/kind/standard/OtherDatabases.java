package dev.headwater.core.internal.kind.standard;

import static dev.headwater.core.internal.kind.standard.Common.AUTHENTICATION;
import static dev.headwater.spi.Requirement.CONDITIONAL;
import static dev.headwater.spi.Requirement.EXPECTED;
import static dev.headwater.spi.Requirement.OPTIONAL;
import static dev.headwater.spi.Requirement.REQUIRED;
import static dev.headwater.spi.SourceSystem.BASEDASH;
import static dev.headwater.spi.SourceSystem.CHALK;
import static dev.headwater.spi.SourceSystem.DATABRAIN;

import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.Rule;

/** Databases with a server, a user and a password that belong to no family. */
final class OtherDatabases {

    private OtherDatabases() {}

    static KindDefinition mssql() {
        return KindDefinition.builder("mssql", "Microsoft SQL Server")
                .description(
                        "A SQL Server or Azure SQL database. Log in as a user, as a service principal of Microsoft Entra, "
                                + "or, with neither, as the process's managed identity, if the application lets its data sources use that.")
                .name(CHALK, "MSSQL")
                .name(DATABRAIN, "mssql")
                .name(BASEDASH, "SQL_SERVER")
                .fields(
                        FieldDefinition.text("host")
                                .required()
                                .length(1, 255)
                                .pattern(
                                        "^([A-Za-z0-9._-]+(\\\\[A-Za-z0-9_$#]+)?|[0-9A-Fa-f:.]+)$",
                                        "a host name or IP address, with \\instance after it for a named instance")
                                .description(
                                        "Host name or IP address of the server, with \\instance for a named instance.")
                                .alias(CHALK, "MSSQL_HOST", EXPECTED)
                                .alias(DATABRAIN, "server", REQUIRED)
                                .alias(BASEDASH, "host", EXPECTED),
                        Common.port(1433)
                                .alias(CHALK, "MSSQL_TCP_PORT", EXPECTED)
                                .alias(DATABRAIN, "port", REQUIRED)
                                .alias(BASEDASH, "port", EXPECTED),
                        Common.database()
                                .description("Name of the database; the user's own if none is given.")
                                .alias(CHALK, "MSSQL_DATABASE", EXPECTED)
                                .alias(DATABRAIN, "database", OPTIONAL)
                                .alias(BASEDASH, "databaseName", EXPECTED),
                        FieldDefinition.bool("disable_database")
                                .defaultValue(false)
                                .description("Whether to leave the choice of a database out (DataBrain).")
                                .alias(DATABRAIN, "isDisableDatabase", OPTIONAL),
                        Common.username()
                                .alias(CHALK, "MSSQL_USER", CONDITIONAL)
                                .alias(DATABRAIN, "user", REQUIRED)
                                .alias(BASEDASH, "username", EXPECTED),
                        Common.password()
                                .alias(CHALK, "MSSQL_PWD", CONDITIONAL)
                                .alias(DATABRAIN, "password", REQUIRED)
                                .alias(BASEDASH, "password", EXPECTED),
                        FieldDefinition.text("client_id")
                                .label("Client ID")
                                .group(AUTHENTICATION)
                                .description("Application ID of the service principal.")
                                .alias(CHALK, "MSSQL_CLIENT_ID", CONDITIONAL),
                        FieldDefinition.text("client_secret")
                                .secret()
                                .group(AUTHENTICATION)
                                .description("Secret of the service principal.")
                                .alias(CHALK, "MSSQL_CLIENT_SECRET", CONDITIONAL),
                        FieldDefinition.text("tenant_id")
                                .label("Tenant ID")
                                .group(AUTHENTICATION)
                                .description("Microsoft Entra tenant of the service principal.")
                                .alias(CHALK, "MSSQL_TENANT_ID", CONDITIONAL),
                        Common.ssl().alias(BASEDASH, "sslEnabled", OPTIONAL))
                .fields(Common.ssh(BASEDASH))
                .fields(Common.pool(), Common.engineArguments("ENGINE_ARGUMENTS"))
                .rules(
                        Rule.allOrNone("username", "password"),
                        Rule.allOrNone("client_id", "client_secret", "tenant_id"),
                        Rule.atMostOneOf("username", "client_id"))
                .rules(Common.sshRules())
                .extraProperties(
                        "applicationIntent",
                        "applicationName",
                        "encrypt",
                        "hostNameInCertificate",
                        "lockTimeout",
                        "loginTimeout",
                        "multiSubnetFailover",
                        "packetSize",
                        "queryTimeout",
                        "sendStringParametersAsUnicode",
                        "socketTimeout",
                        "trustServerCertificate")
                .build();
    }

    static KindDefinition oracle() {
        return KindDefinition.builder("oracle", "Oracle Database")
                .description("An Oracle database.")
                .name(BASEDASH, "ORACLE")
                .fields(
                        Common.host().alias(BASEDASH, "host", EXPECTED),
                        Common.port(1521).alias(BASEDASH, "port", EXPECTED),
                        Common.database()
                                .required()
                                .pattern("^[A-Za-z0-9._$#-]+$", "a service name")
                                .description("Service name of the database.")
                                .alias(BASEDASH, "databaseName", EXPECTED),
                        Common.username().required().alias(BASEDASH, "username", EXPECTED),
                        Common.password().required().alias(BASEDASH, "password", EXPECTED),
                        Common.ssl().alias(BASEDASH, "sslEnabled", OPTIONAL))
                .fields(Common.ssh(BASEDASH))
                .fields(Common.pool())
                .rules(Common.sshRules())
                .extraProperties(
                        "defaultRowPrefetch",
                        "oracle.jdbc.ReadTimeout",
                        "oracle.net.CONNECT_TIMEOUT",
                        "v$session.program")
                .build();
    }

    static KindDefinition mongodb() {
        return KindDefinition.builder("mongodb", "MongoDB")
                .description("A MongoDB server.")
                .name(DATABRAIN, "mongodb")
                .fields(
                        Common.host().alias(DATABRAIN, "host", REQUIRED),
                        Common.port(27_017).alias(DATABRAIN, "port", REQUIRED),
                        Common.username().required().alias(DATABRAIN, "user", REQUIRED),
                        Common.password().required().alias(DATABRAIN, "password", REQUIRED))
                .extraProperties(
                        "appName",
                        "authSource",
                        "connectTimeoutMS",
                        "directConnection",
                        "readPreference",
                        "replicaSet",
                        "retryReads",
                        "serverSelectionTimeoutMS",
                        "socketTimeoutMS",
                        "tls")
                .build();
    }

    static KindDefinition clickhouse() {
        return KindDefinition.builder("clickhouse", "ClickHouse")
                .description("A ClickHouse server, by its HTTP interface.")
                .name(CHALK, "CLICKHOUSE")
                .name(DATABRAIN, "clickhouse")
                .name(BASEDASH, "CLICKHOUSE")
                .fields(
                        Common.host()
                                .alias(CHALK, "CLICKHOUSE_HOST", EXPECTED)
                                .alias(DATABRAIN, "host", REQUIRED)
                                .alias(BASEDASH, "host", EXPECTED),
                        Common.port()
                                .required()
                                .description("TCP port of the HTTP interface: usually 8123, or 8443 with TLS.")
                                .alias(CHALK, "CLICKHOUSE_TCP_PORT", EXPECTED)
                                .alias(DATABRAIN, "port", REQUIRED)
                                .alias(BASEDASH, "port", EXPECTED),
                        Common.database()
                                .description("Name of the database; the user's own if none is given.")
                                .alias(CHALK, "CLICKHOUSE_DATABASE", EXPECTED)
                                .alias(BASEDASH, "databaseName", EXPECTED),
                        Common.username()
                                .required()
                                .alias(CHALK, "CLICKHOUSE_USER", EXPECTED)
                                .alias(DATABRAIN, "user", REQUIRED)
                                .alias(BASEDASH, "username", EXPECTED),
                        Common.password()
                                .alias(CHALK, "CLICKHOUSE_PWD", EXPECTED)
                                .alias(DATABRAIN, "password", REQUIRED)
                                .alias(BASEDASH, "password", EXPECTED),
                        Common.ssl()
                                .alias(CHALK, "CLICKHOUSE_USE_TLS", OPTIONAL, Words.TRUTHY)
                                .alias(BASEDASH, "sslEnabled", OPTIONAL))
                .fields(Common.ssh(BASEDASH))
                .fields(Common.pool())
                .rules(Common.sshRules())
                .extraProperties(
                        "client_name", "compress", "connection_timeout", "max_execution_time", "socket_timeout")
                .build();
    }

    static KindDefinition trino() {
        return KindDefinition.builder("trino", "Trino")
                .description("A Trino cluster. It takes passwords over TLS only: set SSL among the extra properties.")
                .name(CHALK, "TRINO")
                .name(DATABRAIN, "trino")
                .fields(
                        Common.host().alias(CHALK, "TRINO_HOST", EXPECTED).alias(DATABRAIN, "host", REQUIRED),
                        Common.port()
                                .required()
                                .description("TCP port of the coordinator: usually 8080, or 443 or 8443 with TLS.")
                                .alias(CHALK, "TRINO_PORT", EXPECTED)
                                .alias(DATABRAIN, "port", REQUIRED),
                        FieldDefinition.text("catalog")
                                .required()
                                .description("Catalog to work in.")
                                .alias(CHALK, "TRINO_CATALOG", EXPECTED)
                                .alias(DATABRAIN, "catalog", REQUIRED),
                        FieldDefinition.text("schema")
                                .required()
                                .description("Schema to work in.")
                                .alias(CHALK, "TRINO_SCHEMA", EXPECTED)
                                .alias(DATABRAIN, "schema", REQUIRED),
                        Common.username()
                                .required()
                                .alias(CHALK, "TRINO_USER", EXPECTED)
                                .alias(DATABRAIN, "username", REQUIRED),
                        Common.password()
                                .alias(CHALK, "TRINO_PASSWORD", EXPECTED)
                                .alias(DATABRAIN, "password", REQUIRED))
                .fields(Common.ssh(DATABRAIN))
                .fields(Common.engineArguments("ENGINE_ARGUMENTS"))
                .rules(Common.sshRules())
                .extraProperties(
                        "SSL",
                        "SSLVerification",
                        "applicationNamePrefix",
                        "clientInfo",
                        "clientTags",
                        "sessionProperties",
                        "source",
                        "timezone")
                .build();
    }

    static KindDefinition firebolt() {
        return KindDefinition.builder("firebolt", "Firebolt")
                .description("A Firebolt engine, by a service account.")
                .name(DATABRAIN, "firebolt")
                .fields(
                        FieldDefinition.text("client_id")
                                .required()
                                .label("Client ID")
                                .group(AUTHENTICATION)
                                .description("ID of the service account.")
                                .alias(DATABRAIN, "client_id", REQUIRED),
                        FieldDefinition.text("client_secret")
                                .required()
                                .secret()
                                .group(AUTHENTICATION)
                                .description("Secret of the service account.")
                                .alias(DATABRAIN, "client_secret", REQUIRED),
                        FieldDefinition.text("account")
                                .required()
                                .description("Name of the Firebolt account.")
                                .alias(DATABRAIN, "account", REQUIRED),
                        Common.database().required().alias(DATABRAIN, "database", REQUIRED),
                        FieldDefinition.text("engine")
                                .required()
                                .description("Name of the engine that runs the queries.")
                                .alias(DATABRAIN, "engineName", REQUIRED),
                        FieldDefinition.text("schema")
                                .description("Schema to work in.")
                                .alias(DATABRAIN, "schema", OPTIONAL))
                .build();
    }

    static KindDefinition posthog() {
        return KindDefinition.builder("posthog", "PostHog")
                .description(
                        "A PostHog project. Of Basedash's keys for it only the dialect is documented; the others are a guess.")
                .name(BASEDASH, "POSTHOG")
                .fields(
                        Common.urlHost()
                                .defaultValue("us.posthog.com")
                                .description(
                                        "Host of the PostHog instance: us.posthog.com, eu.posthog.com or your own.")
                                .alias(BASEDASH, "host", EXPECTED),
                        FieldDefinition.text("project")
                                .required()
                                .description("ID of the project.")
                                .alias(BASEDASH, "databaseName", EXPECTED),
                        FieldDefinition.text("access_token")
                                .required()
                                .secret()
                                .group(AUTHENTICATION)
                                .description("Personal API key.")
                                .alias(BASEDASH, "password", EXPECTED))
                .build();
    }

    static KindDefinition duckdb() {
        return KindDefinition.builder("duckdb", "DuckDB")
                .description(
                        "A DuckDB file, a database in memory, or MotherDuck. Of Basedash's keys for it only the dialect is "
                                + "documented; the others are a guess.")
                .name(BASEDASH, "DUCKDB")
                .fields(
                        FieldDefinition.text("database")
                                .required()
                                .length(1, 4_096)
                                .pattern(
                                        "^(?!jdbc:)(?!.*://)[^;?]+$",
                                        "a plain path, :memory:, or md: and the name of a MotherDuck database")
                                .description("Path of the database file, :memory:, or md:name for MotherDuck.")
                                .alias(BASEDASH, "databaseName", EXPECTED),
                        FieldDefinition.text("access_token")
                                .secret()
                                .group(AUTHENTICATION)
                                .description("Token of MotherDuck.")
                                .alias(BASEDASH, "password", EXPECTED))
                .extraProperties("access_mode", "default_order", "memory_limit", "preserve_insertion_order", "threads")
                .build();
    }

    static KindDefinition csv() {
        return KindDefinition.builder("csv", "CSV files")
                .description("CSV files. DataBrain takes them by upload, and asks for no more than a name.")
                .name(DATABRAIN, "csv")
                .fields(FieldDefinition.text("path")
                        .length(1, 4_096)
                        .description("The file, or the folder of files, as the host's process sees it."))
                .build();
    }
}
