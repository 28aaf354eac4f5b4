package dev.headwater.core.internal.kind.standard;

import static dev.headwater.core.internal.kind.standard.Common.TLS;
import static dev.headwater.spi.Requirement.CONDITIONAL;
import static dev.headwater.spi.Requirement.OPTIONAL;
import static dev.headwater.spi.Requirement.REQUIRED;
import static dev.headwater.spi.SourceSystem.DATABRAIN;

import dev.headwater.spi.Condition;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.Rule;
import dev.headwater.spi.TextFormat;

/** Elasticsearch and OpenSearch, which DataBrain describes alike. */
final class Search {

    private Search() {}

    static KindDefinition elasticsearch() {
        return search("elasticsearch", "Elasticsearch");
    }

    static KindDefinition opensearch() {
        return search("opensearch", "OpenSearch");
    }

    private static KindDefinition search(String id, String label) {
        return KindDefinition.builder(id, label)
                .description(label + ", in a cloud or on servers of your own.")
                .name(DATABRAIN, id)
                .fields(
                        FieldDefinition.oneOf("server_type", "elastic-cloud", "open-cloud", "self-managed")
                                .required()
                                .description("Where the servers are.")
                                .alias(DATABRAIN, "server_type", REQUIRED),
                        FieldDefinition.text("cloud_id")
                                .label("Cloud ID")
                                .description("ID of the deployment in the cloud.")
                                .alias(DATABRAIN, "cloud_id", CONDITIONAL),
                        FieldDefinition.text("server_url")
                                .label("Server URL")
                                .format(TextFormat.HTTP_URL)
                                .description("URL of a server of your own.")
                                .alias(DATABRAIN, "server_url", CONDITIONAL),
                        Common.username().alias(DATABRAIN, "username", CONDITIONAL),
                        Common.password().alias(DATABRAIN, "password", CONDITIONAL),
                        FieldDefinition.bool("disable_auth")
                                .label("No authentication")
                                .group(Common.AUTHENTICATION)
                                .defaultValue(false)
                                .description("Whether the servers take requests without a user.")
                                .alias(DATABRAIN, "disableAuth", OPTIONAL),
                        FieldDefinition.bool("ignore_verify_cert")
                                .label("Trust any certificate")
                                .group(TLS)
                                .defaultValue(false)
                                .description("Whether to take the server's certificate unchecked.")
                                .alias(DATABRAIN, "isIgnoreVerifyCert", OPTIONAL),
                        FieldDefinition.bool("ignore_ssl")
                                .label("No TLS")
                                .group(TLS)
                                .defaultValue(false)
                                .description("Whether to do without TLS.")
                                .alias(DATABRAIN, "isIgnoreSsl", OPTIONAL))
                .rules(
                        Rule.requiredWhen(Condition.is("server_type", "elastic-cloud", "open-cloud"), "cloud_id"),
                        Rule.requiredWhen(Condition.is("server_type", "self-managed"), "server_url"),
                        Rule.requiredWhen(Condition.is("disable_auth", false), "username", "password"),
                        Rule.onlyWhen(Condition.is("server_type", "self-managed"), "disable_auth"))
                .build();
    }
}
