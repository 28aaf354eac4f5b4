package dev.headwater.secrets.aws.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretReferenceException.Reason;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("A reference to a secret of Secrets Manager")
class AwsReferencesPropertyTest {

    private static final String PREFIX = "arn:aws:secretsmanager:us-east-1:123456789012:secret:";

    private final AwsReferences references = new AwsReferences(new AwsScope("123456789012", "us-east-1"));

    @Property
    @Label("that is a name is kept as it is, and its ARN gives the same name")
    void names(@ForAll("names") String name, @ForAll("suffixes") String suffix) {
        assertThat(references.normalize(name)).isEqualTo(name);
        assertThat(references.normalize(PREFIX + name + "-" + suffix)).isEqualTo(name);
        assertThat(references.isArnOf(name, PREFIX + name + "-" + suffix)).isTrue();
    }

    @Property
    @Label("to another scope is never taken")
    void otherScopes(@ForAll("scopes") String scope, @ForAll("names") String name, @ForAll("suffixes") String suffix) {
        Assume.that(!scope.equals(PREFIX));

        assertThatExceptionOfType(SecretReferenceException.class)
                .isThrownBy(() -> references.normalize(scope + name + "-" + suffix))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_STORE));
    }

    @Property(tries = 3_000)
    @Label("is taken as a legal name that stays the same, or refused in one printable line")
    void anything(@ForAll("mangled") String reference) {
        try {
            String name = references.normalize(reference);
            assertThat(name).matches("[A-Za-z0-9/_+=.@!-]{1,512}\\z");
            assertThat(references.normalize(name)).isEqualTo(name);
            assertThat(reference.equals(name) || reference.startsWith(PREFIX + name + "-"))
                    .isTrue();
        } catch (SecretReferenceException e) {
            assertThat(e.reference()).isEqualTo(reference);
            assertThat(e.getMessage()).matches("[ -~…]+");
        }
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> any = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .numeric()
                .withChars("/_+=.@!-")
                .ofMinLength(1)
                .ofMaxLength(512);
        return Arbitraries.oneOf(any, Arbitraries.of("db-AbCdEf", "-", "a-b-c-d-e-f", "secret", "arn", "-AbCdEf"));
    }

    @Provide
    Arbitrary<String> suffixes() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .numeric()
                .ofLength(6);
    }

    @Provide
    Arbitrary<String> scopes() {
        return Combinators.combine(
                        Arbitraries.of("aws", "aws-cn", "AWS", ""),
                        Arbitraries.of("secretsmanager", "ssm", ""),
                        Arbitraries.of("us-east-1", "us-east-2", "us-east-1a", ""),
                        Arbitraries.of("123456789012", "123456789013", "12345678901", ""))
                .as((partition, service, region, account) ->
                        "arn:" + partition + ":" + service + ":" + region + ":" + account + ":secret:");
    }

    /** Pieces of real references with anything between them, and single characters changed. */
    @Provide
    Arbitrary<String> mangled() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of(
                        PREFIX,
                        "arn:",
                        ":",
                        "secret:",
                        "db",
                        "-AbCdEf",
                        "/",
                        "\n",
                        " ",
                        "AWSPREVIOUS",
                        "123456789012",
                        "é"),
                Arbitraries.strings().all().ofMaxLength(4));
        return piece.list().ofMaxSize(6).map(pieces -> String.join("", pieces));
    }
}
