package dev.headwater.core.internal.kind.standard;

import static dev.headwater.spi.Requirement.EXPECTED;
import static dev.headwater.spi.Requirement.OPTIONAL;
import static dev.headwater.spi.Requirement.REQUIRED;
import static dev.headwater.spi.SourceSystem.BASEDASH;
import static dev.headwater.spi.SourceSystem.CHALK;
import static dev.headwater.spi.SourceSystem.DATABRAIN;

import dev.headwater.spi.KindDefinition;

/** MySQL and what speaks its protocol. */
final class MysqlFamily {

    /** Properties of the MariaDB and MySQL drivers that tune. None that reads files, loads classes or lets the server do so. */
    private static final String[] PROPERTIES = {
        "cachePrepStmts",
        "characterEncoding",
        "connectTimeout",
        "connectionTimeZone",
        "prepStmtCacheSize",
        "rewriteBatchedStatements",
        "socketTimeout",
        "sslMode",
        "tcpKeepAlive",
        "tinyInt1isBit",
        "useBulkStmts",
        "useCompression",
        "useServerPrepStmts",
        "zeroDateTimeBehavior"
    };

    private MysqlFamily() {}

    static KindDefinition mysql() {
        return KindDefinition.builder("mysql", "MySQL")
                .description("A MySQL or MariaDB database.")
                .name(CHALK, "MYSQL")
                .name(DATABRAIN, "mysql")
                .name(BASEDASH, "MYSQL")
                .fields(
                        Common.host()
                                .alias(CHALK, "MYSQL_HOST", EXPECTED)
                                .alias(DATABRAIN, "host", REQUIRED)
                                .alias(BASEDASH, "host", EXPECTED),
                        Common.port(3306)
                                .alias(CHALK, "MYSQL_TCP_PORT", EXPECTED)
                                .alias(DATABRAIN, "port", REQUIRED)
                                .alias(BASEDASH, "port", EXPECTED),
                        Common.database()
                                .description("Name of the database; without one, all that the user may see.")
                                .alias(CHALK, "MYSQL_DATABASE", EXPECTED)
                                .alias(BASEDASH, "databaseName", EXPECTED),
                        Common.username()
                                .required()
                                .alias(CHALK, "MYSQL_USER", EXPECTED)
                                .alias(DATABRAIN, "user", REQUIRED)
                                .alias(BASEDASH, "username", EXPECTED),
                        Common.password()
                                .alias(CHALK, "MYSQL_PWD", EXPECTED)
                                .alias(DATABRAIN, "password", REQUIRED)
                                .alias(BASEDASH, "password", EXPECTED),
                        Common.ssl().alias(BASEDASH, "sslEnabled", OPTIONAL))
                .fields(Common.ssh(BASEDASH))
                .fields(Common.pool(), Common.engineArguments("ENGINE_ARGUMENTS"))
                .rules(Common.sshRules())
                .extraProperties(PROPERTIES)
                .build();
    }

    static KindDefinition planetscale() {
        return KindDefinition.builder("planetscale", "PlanetScale")
                .description("A PlanetScale database, by the MySQL protocol; it wants TLS.")
                .name(BASEDASH, "PLANETSCALE")
                .fields(
                        Common.host().alias(BASEDASH, "host", EXPECTED),
                        Common.port(3306).alias(BASEDASH, "port", OPTIONAL),
                        Common.database().required().alias(BASEDASH, "databaseName", EXPECTED),
                        Common.username().required().alias(BASEDASH, "username", EXPECTED),
                        Common.password().required().alias(BASEDASH, "password", EXPECTED),
                        Common.ssl().alias(BASEDASH, "sslEnabled", OPTIONAL))
                .fields(Common.ssh(BASEDASH))
                .fields(Common.pool())
                .rules(Common.sshRules())
                .extraProperties(PROPERTIES)
                .build();
    }

    static KindDefinition singlestore() {
        return KindDefinition.builder("singlestore", "SingleStore")
                .description("A SingleStore database, by the MySQL protocol.")
                .name(DATABRAIN, "singlestore")
                .fields(
                        Common.host().alias(DATABRAIN, "host", REQUIRED),
                        Common.port(3306).alias(DATABRAIN, "port", REQUIRED),
                        Common.database().required().alias(DATABRAIN, "database", REQUIRED),
                        Common.username().required().alias(DATABRAIN, "user", REQUIRED),
                        Common.password().required().alias(DATABRAIN, "password", REQUIRED))
                .extraProperties(PROPERTIES)
                .build();
    }
}
