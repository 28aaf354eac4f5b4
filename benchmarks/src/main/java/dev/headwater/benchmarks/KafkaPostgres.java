package dev.headwater.benchmarks;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;

/** PostgreSQL's fields as Kafka Connect would define them. */
final class KafkaPostgres {

    private KafkaPostgres() {}

    static ConfigDef definition() {
        ConfigDef kind = new ConfigDef()
                .define(
                        "port",
                        ConfigDef.Type.INT,
                        5432,
                        Range.between(1, 65_535),
                        Importance.HIGH,
                        "TCP port of the server.")
                .define(
                        "aws_iam_auth",
                        ConfigDef.Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether to log in with a token.")
                .define(
                        "ssl.enabled",
                        ConfigDef.Type.BOOLEAN,
                        true,
                        Importance.HIGH,
                        "Whether to encrypt the connection.")
                .define(
                        "ssh.enabled",
                        ConfigDef.Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Whether to use an SSH server.")
                .define(
                        "ssh.port",
                        ConfigDef.Type.INT,
                        22,
                        Range.between(1, 65_535),
                        Importance.LOW,
                        "TCP port of the SSH server.")
                .define(
                        "pool.max_size",
                        ConfigDef.Type.INT,
                        10,
                        Range.between(1, 100),
                        Importance.LOW,
                        "Connections at the most.");
        for (String required : new String[] {"host", "database", "username"}) {
            kind.define(
                    required,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    new NonEmptyString(),
                    Importance.HIGH,
                    "The " + required + ".");
        }
        for (String optional : new String[] {"schema", "region", "role_arn", "ssh.host", "ssh.username"}) {
            kind.define(
                    optional,
                    ConfigDef.Type.STRING,
                    null,
                    new NonEmptyString(),
                    Importance.LOW,
                    "The " + optional + ".");
        }
        String[] secrets = {
            "password", "ssh.password", "ssh.private_key", "ssh.private_key_passphrase", "engine_arguments"
        };
        for (String secret : secrets) {
            kind.define(secret, ConfigDef.Type.PASSWORD, null, Importance.HIGH, "The " + secret + ".");
        }
        return kind;
    }
}
