package dev.headwater.secrets.aws.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretReferenceException.Reason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A reference to a secret of Secrets Manager")
class AwsReferencesTest {

    private static final String ACCOUNT = "123456789012";
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})|\\{(.)\\*([0-9]+)}");

    private final AwsReferences references = new AwsReferences(new AwsScope(ACCOUNT, "us-east-1"));

    @ParameterizedTest(name = "in {0}: {1} is {2} {3}")
    @CsvFileSource(
            resources = "/dev/headwater/secrets/aws/references.csv",
            delimiter = '|',
            quoteCharacter = '\'',
            numLinesToSkip = 3)
    @DisplayName("is taken only if it names a secret of the store's scope and pins no version")
    void cases(String region, String written, @Nullable String name, @Nullable Reason refused) {
        AwsReferences there = new AwsReferences(new AwsScope(ACCOUNT, region));
        String reference = unescape(written);

        if (refused == null) {
            assertThat(name).isNotNull();
            assertThat(there.normalize(reference)).isEqualTo(unescape(name));
            assertThat(there.normalize(unescape(name))).isEqualTo(unescape(name));
        } else {
            SecretReferenceException e =
                    catchThrowableOfType(SecretReferenceException.class, () -> there.normalize(reference));
            assertThat(e).isNotNull();
            assertThat(e.reason()).isEqualTo(refused);
            assertThat(e.reference()).isEqualTo(reference);
            assertThat(e.getMessage()).matches("[ -~…]+");
        }
    }

    @Test
    @DisplayName("of another account is refused with what was given and what was expected")
    void saysWhatWasExpected() {
        SecretReferenceException e = catchThrowableOfType(
                SecretReferenceException.class,
                () -> references.normalize("arn:aws:secretsmanager:us-east-1:210987654321:secret:db-AbCdEf"));

        assertThat(e.expected())
                .isEqualTo("arn:aws:secretsmanager:us-east-1:123456789012:secret:<name>-<6 characters>");
        assertThat(e)
                .hasMessage(
                        "the secret reference \"arn:aws:secretsmanager:us-east-1:210987654321:secret:db-AbCdEf\" names"
                                + " the account \"210987654321\" instead of 123456789012; the store reads secrets of account"
                                + " 123456789012 in us-east-1 only: write the name of a secret there, or"
                                + " arn:aws:secretsmanager:us-east-1:123456789012:secret:<name>-<6 characters>");
    }

    @ParameterizedTest
    @CsvSource({
        "db, arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf, true",
        "db-AbCdEf, arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf-Xy12Zw, true",
        "db, arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf-Xy12Zw, false",
        "db-AbCdEf, arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf, false",
        "db, arn:aws:secretsmanager:us-east-1:210987654321:secret:db-AbCdEf, false",
        "db, arn:aws:secretsmanager:us-east-2:123456789012:secret:db-AbCdEf, false",
        "db, arn:aws-cn:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf, false",
        "db, arn:aws:secretsmanager:us-east-1:123456789012:secret:db, false",
        "db, , false"
    })
    @DisplayName("is compared with the ARN of an answer by name and scope, not by the six characters")
    void answers(String name, @Nullable String arn, boolean same) {
        assertThat(references.isArnOf(name, arn)).isEqualTo(same);
    }

    @Test
    @DisplayName("is read in a scope that is an account's number and a region")
    void scopes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AwsScope("1234-5678-9012", "US East"))
                .withMessage("the account must be 12 digits, is \"1234-5678-9012\"; "
                        + "the region must be one such as us-east-1, is \"US East\"");
        assertThatIllegalArgumentException().isThrownBy(() -> new AwsScope("123456789012\n", "us-east-1"));
        assertThatIllegalArgumentException().isThrownBy(() -> new AwsScope("123456789012", "us-east-1\n"));
    }

    private static String unescape(String written) {
        return ESCAPE.matcher(written).replaceAll(match -> {
            String repeated = match.group(2);
            return Matcher.quoteReplacement(
                    repeated == null
                            ? String.valueOf((char) Integer.parseInt(match.group(1), 16))
                            : repeated.repeat(Integer.parseInt(match.group(3))));
        });
    }
}
