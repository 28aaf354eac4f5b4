package dev.headwater.core.internal.kind.standard;

import static dev.headwater.core.internal.kind.standard.Common.AUTHENTICATION;
import static dev.headwater.core.internal.kind.standard.Common.TLS;
import static dev.headwater.spi.Requirement.CONDITIONAL;
import static dev.headwater.spi.Requirement.OPTIONAL;
import static dev.headwater.spi.Requirement.REQUIRED;
import static dev.headwater.spi.SourceSystem.CHALK;
import static dev.headwater.spi.SourceSystem.DATABRAIN;

import dev.headwater.spi.Condition;
import dev.headwater.spi.Constraint;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.Rule;
import dev.headwater.spi.TextFormat;
import java.util.Set;

/** Streams, key-value stores and object stores: Kafka, Kinesis, DynamoDB, S3. */
final class StreamsAndStores {

    /** Consumer properties of Kafka that tune. Those that name classes, files or login modules are left out on purpose. */
    private static final Set<String> KAFKA_TUNING = Set.of(
            "acks",
            "allow.auto.create.topics",
            "auto.commit.interval.ms",
            "auto.offset.reset",
            "check.crcs",
            "client.rack",
            "compression.type",
            "connections.max.idle.ms",
            "default.api.timeout.ms",
            "enable.auto.commit",
            "exclude.internal.topics",
            "fetch.max.bytes",
            "fetch.max.wait.ms",
            "fetch.min.bytes",
            "group.instance.id",
            "heartbeat.interval.ms",
            "isolation.level",
            "linger.ms",
            "max.partition.fetch.bytes",
            "max.poll.interval.ms",
            "max.poll.records",
            "metadata.max.age.ms",
            "receive.buffer.bytes",
            "reconnect.backoff.max.ms",
            "reconnect.backoff.ms",
            "request.timeout.ms",
            "retries",
            "retry.backoff.ms",
            "send.buffer.bytes",
            "session.timeout.ms");

    private StreamsAndStores() {}

    static KindDefinition kafka() {
        Condition sasl = Condition.is("security_protocol", "SASL_PLAINTEXT", "SASL_SSL");
        return KindDefinition.builder("kafka", "Apache Kafka")
                .description("A topic of Apache Kafka.")
                .name(CHALK, "KAFKA")
                .fields(
                        FieldDefinition.text("bootstrap_servers")
                                .required()
                                .format(TextFormat.HOSTS_WITH_PORTS)
                                .length(1, 4_096)
                                .description("Brokers to begin with, as host:port parted by commas.")
                                .alias(CHALK, "KAFKA_BOOTSTRAP_SERVER", REQUIRED),
                        FieldDefinition.text("topic")
                                .required()
                                .pattern(
                                        "^[A-Za-z0-9._-]{1,249}$",
                                        "a topic name: letters, digits, dots, underscores, hyphens")
                                .description("Name of the topic.")
                                .alias(CHALK, "KAFKA_TOPIC", REQUIRED),
                        FieldDefinition.oneOf("security_protocol", "PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
                                .group(AUTHENTICATION)
                                .defaultValue("PLAINTEXT")
                                .description("How to talk to the brokers.")
                                .alias(CHALK, "KAFKA_SECURITY_PROTOCOL", OPTIONAL),
                        FieldDefinition.oneOf("sasl.mechanism", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")
                                .label("SASL mechanism")
                                .group(AUTHENTICATION)
                                .defaultValue("PLAIN")
                                .description("How to log in.")
                                .alias(CHALK, "KAFKA_SASL_MECHANISM", OPTIONAL),
                        FieldDefinition.text("sasl.username")
                                .label("SASL user")
                                .group(AUTHENTICATION)
                                .description("Who to log in as.")
                                .alias(CHALK, "KAFKA_SASL_USERNAME", OPTIONAL),
                        FieldDefinition.text("sasl.password")
                                .label("SASL password")
                                .secret()
                                .group(AUTHENTICATION)
                                .description("Password of the user.")
                                .alias(CHALK, "KAFKA_SASL_PASSWORD", OPTIONAL),
                        FieldDefinition.bool("msk_iam_auth")
                                .label("AWS MSK IAM authentication")
                                .group(AUTHENTICATION)
                                .defaultValue(false)
                                .description(
                                        "Whether to log in to Amazon MSK with AWS IAM: as the process itself, or a role that it may assume, "
                                                + "if the application lets its data sources do that.")
                                .alias(CHALK, "KAFKA_MSK_IAM_AUTH", OPTIONAL, Words.TRUTHY),
                        Aws.region("AWS region of the MSK cluster.")
                                .group(AUTHENTICATION)
                                .alias(CHALK, "KAFKA_AWS_REGION", CONDITIONAL),
                        Aws.roleArn("Role to assume for MSK.").alias(CHALK, "KAFKA_AWS_ROLE_ARN", OPTIONAL),
                        FieldDefinition.text("ssl.ca_file")
                                .label("CA file")
                                .group(TLS)
                                .description("File with the certificates to trust, as the process sees it.")
                                .alias(CHALK, "KAFKA_SSL_CA_FILE", OPTIONAL),
                        FieldDefinition.text("ssl.keystore_location")
                                .label("Key store")
                                .group(TLS)
                                .description("Key store with the client's certificate, as the process sees it.")
                                .alias(CHALK, "KAFKA_SSL_KEYSTORE_LOCATION", OPTIONAL),
                        FieldDefinition.text("client_id_prefix")
                                .description("What client IDs begin with.")
                                .alias(CHALK, "KAFKA_CLIENT_ID_PREFIX", OPTIONAL),
                        FieldDefinition.text("group_id_prefix")
                                .description("What consumer group IDs begin with.")
                                .alias(CHALK, "KAFKA_GROUP_ID_PREFIX", OPTIONAL),
                        FieldDefinition.text("dead_letter_queue")
                                .description("Topic that takes messages that cannot be used.")
                                .alias(CHALK, "KAFKA_DLQ_TOPIC", OPTIONAL)
                                .alias(CHALK, "KAFKA_DEAD_LETTER_QUEUE_TOPIC", OPTIONAL),
                        FieldDefinition.json("extra_args")
                                .constraint(new Constraint.JsonMembers(KAFKA_TUNING))
                                .description(
                                        "Further properties of the Kafka client as a JSON object; only those that tune.")
                                .alias(CHALK, "KAFKA_ADDITIONAL_KAFKA_ARGS", OPTIONAL))
                .rules(
                        Rule.onlyWhen(sasl, "sasl.mechanism", "sasl.username", "sasl.password"),
                        Rule.requiredWhen(
                                Condition.all(sasl, Condition.is("msk_iam_auth", false)),
                                "sasl.username",
                                "sasl.password"),
                        Rule.requiredWhen(Condition.is("msk_iam_auth", true), "region"))
                .build();
    }

    static KindDefinition kinesis() {
        return KindDefinition.builder("kinesis", "Amazon Kinesis")
                .description("A stream of Amazon Kinesis, by name or by ARN.")
                .name(CHALK, "KINESIS")
                .fields(
                        Aws.region("AWS region of the stream.")
                                .required()
                                .alias(CHALK, "KINESIS_REGION_NAME", REQUIRED),
                        FieldDefinition.text("stream_name")
                                .pattern(
                                        "^[A-Za-z0-9_.-]{1,128}$",
                                        "a stream name: letters, digits, dots, underscores, hyphens")
                                .description("Name of the stream.")
                                .alias(CHALK, "KINESIS_STREAM_NAME", CONDITIONAL),
                        FieldDefinition.text("stream_arn")
                                .label("Stream ARN")
                                .pattern(
                                        "^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:[0-9]{12}:stream/.",
                                        "the ARN of a Kinesis stream")
                                .description("ARN of the stream.")
                                .alias(CHALK, "KINESIS_STREAM_ARN", CONDITIONAL),
                        Aws.accessKeyId().alias(CHALK, "KINESIS_AWS_ACCESS_KEY_ID", OPTIONAL),
                        Aws.secretAccessKey().alias(CHALK, "KINESIS_AWS_SECRET_ACCESS_KEY", OPTIONAL),
                        FieldDefinition.text("session_token")
                                .label("AWS session token")
                                .secret()
                                .group(AUTHENTICATION)
                                .description("Session token that belongs to a temporary access key.")
                                .alias(CHALK, "KINESIS_AWS_SESSION_TOKEN", OPTIONAL),
                        Aws.roleArn("Role to assume.").alias(CHALK, "KINESIS_CONSUMER_ROLE_ARN", OPTIONAL),
                        Aws.endpointUrl().alias(CHALK, "KINESIS_ENDPOINT_URL", OPTIONAL),
                        FieldDefinition.duration("late_arrival_deadline")
                                .description("How late a record may come and still count.")
                                .alias(CHALK, "KINESIS_LATE_ARRIVAL_DEADLINE", OPTIONAL),
                        FieldDefinition.text("dead_letter_queue")
                                .description("Stream that takes records that cannot be used.")
                                .alias(CHALK, "KINESIS_DEAD_LETTER_QUEUE_STREAM_NAME", OPTIONAL),
                        FieldDefinition.text("enhanced_fanout_consumer")
                                .description("Name of the consumer with enhanced fan-out.")
                                .alias(CHALK, "KINESIS_ENHANCED_FANOUT_CONSUMER_NAME", OPTIONAL))
                .rules(
                        Rule.exactlyOneOf("stream_name", "stream_arn"),
                        Aws.bothHalvesOfTheKey(),
                        Rule.requiredWhen(Condition.present("session_token"), "access_key_id"))
                .build();
    }

    static KindDefinition dynamodb() {
        return KindDefinition.builder("dynamodb", "Amazon DynamoDB")
                .description(
                        "Amazon DynamoDB. Log in with an access key, or without one as the process itself, if the application lets its "
                                + "data sources do that; either may assume a role.")
                .name(CHALK, "DYNAMODB")
                .fields(
                        Aws.region("AWS region of the tables.").alias(CHALK, "DYNAMODB_AWS_REGION_OVERRIDE", OPTIONAL),
                        Aws.accessKeyId().alias(CHALK, "DYNAMODB_AWS_CLIENT_ID_OVERRIDE", OPTIONAL),
                        Aws.secretAccessKey().alias(CHALK, "DYNAMODB_AWS_CLIENT_SECRET_OVERRIDE", OPTIONAL),
                        Aws.roleArn("Role to assume.").alias(CHALK, "DYNAMODB_AWS_ROLE_ARN_OVERRIDE", OPTIONAL),
                        Aws.endpointUrl().alias(CHALK, "DYNAMODB_ENDPOINT_OVERRIDE", OPTIONAL),
                        Common.engineArguments("DYNAMODB_ENGINE_ARGUMENTS"))
                .rules(Aws.bothHalvesOfTheKey(), Rule.atMostOneOf("access_key_id", "role_arn"))
                .build();
    }

    static KindDefinition s3() {
        return KindDefinition.builder("s3", "Amazon S3")
                .description("Files in a bucket of Amazon S3, or of a store that speaks its protocol.")
                .name(DATABRAIN, "awss3")
                .fields(
                        FieldDefinition.text("bucket")
                                .required()
                                .pattern("^[A-Za-z0-9._-]{3,255}$", "the name of a bucket")
                                .description("Name of the bucket.")
                                .alias(DATABRAIN, "bucketName", REQUIRED),
                        FieldDefinition.text("path")
                                .length(0, 1_024)
                                .description("Where in the bucket the data is; all of it if empty.")
                                .alias(DATABRAIN, "datasetPath", OPTIONAL),
                        Aws.region("AWS region of the bucket.").required().alias(DATABRAIN, "s3Region", REQUIRED),
                        FieldDefinition.oneOf("table_level", "File", "Folder")
                                .description("Whether each file is a table, or each folder.")
                                .alias(DATABRAIN, "tableLevel", OPTIONAL),
                        Aws.accessKeyId().required().alias(DATABRAIN, "s3AccessKeyId", REQUIRED),
                        Aws.secretAccessKey().required().alias(DATABRAIN, "s3SecretAccessKey", REQUIRED),
                        Aws.endpointUrl())
                .build();
    }
}
