package dev.headwater.core.internal.kind.standard;

import static dev.headwater.core.internal.kind.standard.Common.AUTHENTICATION;

import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.Rule;
import dev.headwater.spi.TextFormat;

/** Fields that the kinds of AWS share. */
final class Aws {

    private Aws() {}

    static FieldDefinition.Builder region(String description) {
        return FieldDefinition.text("region")
                .label("AWS region")
                .pattern("^[a-z0-9-]{1,64}$", "an AWS region such as us-east-1")
                .description(description);
    }

    static FieldDefinition.Builder accessKeyId() {
        return FieldDefinition.text("access_key_id")
                .label("AWS access key ID")
                .group(AUTHENTICATION)
                .description("Public half of the access key.");
    }

    static FieldDefinition.Builder secretAccessKey() {
        return FieldDefinition.text("secret_access_key")
                .label("AWS secret access key")
                .secret()
                .group(AUTHENTICATION)
                .description("Secret half of the access key.");
    }

    static FieldDefinition.Builder roleArn(String description) {
        return FieldDefinition.text("role_arn")
                .label("AWS role")
                .group(AUTHENTICATION)
                .pattern("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.", "the ARN of an IAM role")
                .description(description);
    }

    static FieldDefinition.Builder endpointUrl() {
        return FieldDefinition.text("endpoint_url")
                .label("Endpoint URL")
                .format(TextFormat.HTTP_URL)
                .description("Where to send requests in place of the AWS service; for compatible services and tests.");
    }

    static Rule bothHalvesOfTheKey() {
        return Rule.allOrNone("access_key_id", "secret_access_key");
    }
}
