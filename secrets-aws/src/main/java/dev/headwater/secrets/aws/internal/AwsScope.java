package dev.headwater.secrets.aws.internal;

import java.util.regex.Pattern;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Where a store's secrets lie. The partition (AWS, AWS in China, GovCloud …) follows from the region.
 *
 * @param account 12 digits
 * @param region such as {@code us-east-1}
 */
public record AwsScope(String account, String region) {

    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z0-9]+)+");

    /** @throws IllegalArgumentException if a part is not what AWS calls by that name; both are told at once */
    public AwsScope {
        StringBuilder wrong = new StringBuilder();
        if (!ACCOUNT.matcher(account).matches()) {
            wrong.append("the account must be 12 digits, is ").append(Shown.of(account));
        }
        if (!REGION.matcher(region).matches()) {
            wrong.append(wrong.length() == 0 ? "" : "; ")
                    .append("the region must be one such as us-east-1, is ")
                    .append(Shown.of(region));
        }
        if (wrong.length() > 0) {
            throw new IllegalArgumentException(wrong.toString());
        }
    }

    /** {@return the partition of the region, such as {@code aws}} */
    public String partition() {
        return PartitionMetadata.of(Region.of(region)).id();
    }

    /** {@return what full identifiers in this scope begin with} */
    String prefix() {
        return "arn:" + partition() + ":secretsmanager:" + region + ":" + account + ":secret:";
    }

    /** {@return what a full identifier in this scope looks like} */
    String expected() {
        return prefix() + "<name>-<6 characters>";
    }

    /** {@return the scope in words} */
    public String describe() {
        return "account " + account + " in " + region;
    }
}
