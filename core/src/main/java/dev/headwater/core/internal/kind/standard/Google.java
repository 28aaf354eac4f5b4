package dev.headwater.core.internal.kind.standard;

import static dev.headwater.core.internal.kind.standard.Common.AUTHENTICATION;
import static dev.headwater.core.internal.kind.standard.Common.CHALK_ONLY;
import static dev.headwater.spi.Requirement.EXPECTED;
import static dev.headwater.spi.Requirement.OPTIONAL;
import static dev.headwater.spi.Requirement.REQUIRED;
import static dev.headwater.spi.SourceSystem.BASEDASH;
import static dev.headwater.spi.SourceSystem.CHALK;
import static dev.headwater.spi.SourceSystem.DATABRAIN;

import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.TextFormat;
import dev.headwater.spi.ValueTransform;

/** The kinds of Google Cloud. */
final class Google {

    private Google() {}

    private static FieldDefinition.Builder project() {
        return FieldDefinition.text("project").required().description("ID of the Google Cloud project.");
    }

    private static FieldDefinition.Builder credentials() {
        return FieldDefinition.json("credentials_json")
                .label("Credentials")
                .secret()
                .group(AUTHENTICATION)
                .description("Key of a service account, as the JSON object that Google hands out.");
    }

    private static FieldDefinition.Builder emulatorHost() {
        return FieldDefinition.text("emulator_host")
                .format(TextFormat.HOSTS_WITH_PORTS)
                .length(1, 255)
                .description("host:port of an emulator to use in place of the service, without credentials.");
    }

    static KindDefinition bigquery() {
        return KindDefinition.builder("bigquery", "Google BigQuery")
                .description("Google BigQuery.")
                .name(CHALK, "BIGQUERY")
                .name(DATABRAIN, "bigquery")
                .name(BASEDASH, "BIGQUERY")
                .fields(
                        project()
                                .alias(CHALK, "BQ_PROJECT", EXPECTED)
                                .alias(DATABRAIN, "project_id", REQUIRED)
                                .alias(BASEDASH, "bigQueryProjectId", EXPECTED),
                        FieldDefinition.text("dataset")
                                .description("Dataset to work in.")
                                .alias(CHALK, "BQ_DATASET", EXPECTED)
                                .alias(DATABRAIN, "dataset_id", OPTIONAL),
                        FieldDefinition.text("location")
                                .description("Location of the data, such as US or EU.")
                                .alias(CHALK, "BQ_LOCATION", OPTIONAL)
                                .alias(DATABRAIN, "dataset_location", REQUIRED),
                        credentials()
                                .required()
                                .alias(CHALK, "BQ_CREDENTIALS_BASE64", EXPECTED, new ValueTransform.Base64Text())
                                .alias(DATABRAIN, "credentials_json", REQUIRED)
                                .alias(BASEDASH, "bigQueryJsonKey", EXPECTED),
                        FieldDefinition.text("credentials_path")
                                .group(CHALK_ONLY)
                                .description("Where Chalk's runtime finds the key; kept and handed out, not read.")
                                .alias(CHALK, "BQ_CREDENTIALS_PATH", OPTIONAL),
                        FieldDefinition.text("temp.project")
                                .label("Project for temporary tables")
                                .group(CHALK_ONLY)
                                .description("Project in which Chalk makes temporary tables.")
                                .alias(CHALK, "BQ_TEMP_PROJECT", OPTIONAL),
                        FieldDefinition.text("temp.dataset")
                                .label("Dataset for temporary tables")
                                .group(CHALK_ONLY)
                                .description("Dataset in which Chalk makes temporary tables.")
                                .alias(CHALK, "BQ_TEMP_DATASET", OPTIONAL),
                        Common.pool())
                .build();
    }

    static KindDefinition spanner() {
        return KindDefinition.builder("spanner", "Google Cloud Spanner")
                .description("A Google Cloud Spanner database. That Basedash uses its BigQuery keys for it is a guess.")
                .name(CHALK, "SPANNER")
                .name(BASEDASH, "SPANNER")
                .fields(
                        project()
                                .alias(CHALK, "SPANNER_PROJECT", EXPECTED)
                                .alias(BASEDASH, "bigQueryProjectId", EXPECTED),
                        FieldDefinition.text("instance")
                                .required()
                                .description("ID of the Spanner instance.")
                                .alias(CHALK, "SPANNER_INSTANCE", EXPECTED)
                                .alias(BASEDASH, "spannerInstanceId", EXPECTED),
                        Common.database()
                                .required()
                                .alias(CHALK, "SPANNER_DATABASE", EXPECTED)
                                .alias(BASEDASH, "databaseName", EXPECTED),
                        credentials()
                                .description(
                                        "Key of a service account as JSON; without one, the process's own identity, if the application lets"
                                                + " its data sources use that.")
                                .alias(CHALK, "SPANNER_CREDENTIALS_BASE64", OPTIONAL, new ValueTransform.Base64Text())
                                .alias(BASEDASH, "bigQueryJsonKey", EXPECTED),
                        emulatorHost().alias(CHALK, "SPANNER_EMULATOR_HOST", OPTIONAL),
                        Common.pool(),
                        Common.engineArguments("SPANNER_ENGINE_ARGUMENTS"))
                .build();
    }

    static KindDefinition pubsub() {
        return KindDefinition.builder("pubsub", "Google Pub/Sub")
                .description("A subscription of Google Pub/Sub.")
                .name(CHALK, "PUBSUB")
                .fields(
                        project().alias(CHALK, "PUBSUB_PROJECT_ID", EXPECTED),
                        FieldDefinition.text("subscription")
                                .required()
                                .description("ID of the subscription.")
                                .alias(CHALK, "PUBSUB_SUBSCRIPTION_ID", EXPECTED),
                        credentials()
                                .description(
                                        "Key of a service account as JSON; without one, the process's own identity, if the application lets"
                                                + " its data sources use that."),
                        emulatorHost(),
                        FieldDefinition.duration("late_arrival_deadline")
                                .defaultValue("infinity")
                                .description("How late a message may come and still count.")
                                .alias(CHALK, "PUBSUB_LATE_ARRIVAL_DEADLINE", OPTIONAL),
                        FieldDefinition.text("dead_letter_queue")
                                .description("ID of the topic that takes messages that cannot be used.")
                                .alias(CHALK, "PUBSUB_DEAD_LETTER_QUEUE_TOPIC_ID", OPTIONAL))
                .build();
    }
}
