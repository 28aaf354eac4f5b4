package dev.headwater.fakeserver.internal.chalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.fakeserver.LinkedStore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The id of a linked secret")
class LinkedSecretIdsTest {

    private static final LinkedStore AWS = new LinkedStore.Aws("123456789012", "us-east-1");
    private static final LinkedStore GCP = new LinkedStore.Gcp("my-proj", null);
    private static final LinkedStore AZURE = new LinkedStore.Azure("myvault");

    private static LinkedStore store(String name) {
        return switch (name) {
            case "aws" -> AWS;
            case "gcp" -> GCP;
            default -> AZURE;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "aws,snowflake-prod-key,snowflake-prod-key",
        "aws,prod/db,prod/db",
        "aws,arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf,prod/db",
        "aws,arn:aws:secretsmanager:us-east-1:123456789012:secret:svc-abcdef-Xy12Zw,svc-abcdef",
        "aws,arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf::AWSCURRENT:,db",
        "gcp,DB_Password-2,DB_Password-2",
        "gcp,projects/my-proj/secrets/db,db",
        "gcp,projects/my-proj/secrets/db/versions/latest,db",
        "azure,https://myvault.vault.azure.net/secrets/db,db",
        "azure,https://MyVault.VAULT.azure.net/secrets/db/,db",
    })
    @DisplayName("is a name, or a full identifier in the same store, which becomes the name")
    void local(String store, String id, String name) {
        assertThat(LinkedSecretIds.local("KEY", id, store(store))).isEqualTo(name);
        assertThat(LinkedSecretIds.local("KEY", id, null)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "aws,arn:aws:secretsmanager:us-east-2:123456789012:secret:db-AbCdEf,region us-east-2",
        "aws,arn:aws:secretsmanager:us-east-1:210987654321:secret:db-AbCdEf,account 210987654321",
        "gcp,projects/other/secrets/db,project other",
        "gcp,projects/my-proj/locations/europe-west1/secrets/db,location europe-west1",
        "azure,https://other.vault.azure.net/secrets/db,key vault other",
        "azure,arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf,AWS account",
    })
    @DisplayName("in another account, region, project or vault is refused, and the error names both")
    void elsewhere(String store, String id, String given) {
        assertThatThrownBy(() -> LinkedSecretIds.local("KEY", id, store(store)))
                .hasMessageContaining("KEY")
                .hasMessageContaining(store(store).toString())
                .hasMessageContaining(given);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf::AWSPREVIOUS:",
                "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:::0a1b",
                "projects/my-proj/secrets/db/versions/3",
                "https://myvault.vault.azure.net/secrets/db/0123456789abcdef0123456789abcdef",
            })
    @DisplayName("with a version other than the latest is refused")
    void pinned(String id) {
        assertThatThrownBy(() -> LinkedSecretIds.local("KEY", id, null)).hasMessageContaining("latest version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " db",
                "db\n",
                "db?versionStage=AWSPREVIOUS",
                "arn:aws:ssm:us-east-1:123456789012:parameter/db",
                "arn:aws:secretsmanager:us-east-1::secret:db-AbCdEf",
                "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:password::",
                "projects/my-proj/secrets/db/versions",
                "https://secretmanager.googleapis.com/v1/projects/my-proj/secrets/db",
                "http://myvault.vault.azure.net/secrets/db",
            })
    @DisplayName("that is neither is refused")
    void neither(String id) {
        assertThatThrownBy(() -> LinkedSecretIds.local("KEY", id, null)).isInstanceOf(ChalkException.class);
    }

    @Test
    @DisplayName("is not too long")
    void tooLong() {
        assertThatThrownBy(() -> LinkedSecretIds.local("KEY", "x".repeat(513), null))
                .isInstanceOf(ChalkException.class);
    }
}
