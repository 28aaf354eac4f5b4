/**
 * Links config values to secrets of AWS Secrets Manager: {@link dev.headwater.secrets.aws.AwsSecretsManagerStore}, held
 * to one account and region.
 */
@NullMarked
package dev.headwater.secrets.aws;

import org.jspecify.annotations.NullMarked;
