package dev.headwater.secrets.azure.internal;

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
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A reference to a secret of Key Vault")
class VaultReferencesTest {

    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})|\\{(.)\\*([0-9]+)}");

    private final VaultReferences references = new VaultReferences(VaultScope.parse("https://myvault.vault.azure.net"));

    @ParameterizedTest(name = "{1} in {0}: {2} {3}")
    @CsvFileSource(
            resources = "/dev/headwater/secrets/azure/references.csv",
            delimiter = '|',
            quoteCharacter = '\'',
            numLinesToSkip = 3)
    @DisplayName("is taken only if it names a secret of the store's vault and pins no version")
    void cases(String vault, String written, @Nullable String name, @Nullable Reason refused) {
        VaultReferences tested = new VaultReferences(VaultScope.parse(vault));
        String reference = unescape(written);

        if (refused == null) {
            assertThat(name).isNotNull();
            assertThat(tested.normalize(reference)).isEqualTo(unescape(name));
            assertThat(tested.normalize(unescape(name))).isEqualTo(unescape(name));
        } else {
            SecretReferenceException e = refusal(tested, reference);
            assertThat(e.reason()).isEqualTo(refused);
            assertThat(e.reference()).isEqualTo(reference);
            assertThat(e.getMessage()).matches("[ -~…]+");
        }
    }

    @Test
    @DisplayName("of another vault is refused with what was given and what was expected")
    void saysWhatWasExpected() {
        SecretReferenceException e = refusal(references, "https://other.vault.azure.net/secrets/db");

        assertThat(e.expected()).isEqualTo("https://myvault.vault.azure.net/secrets/<name>");
        assertThat(e)
                .hasMessage(
                        "the secret reference \"https://other.vault.azure.net/secrets/db\" lies in another vault; the"
                                + " store reads secrets of https://myvault.vault.azure.net only: write the name of a secret there,"
                                + " or https://myvault.vault.azure.net/secrets/<name>");
    }

    @Test
    @DisplayName("with a version is refused with the name to write instead")
    void saysWhatToWriteInsteadOfAVersion() {
        assertThat(refusal(references, "https://myvault.vault.azure.net/secrets/DB/0a1b"))
                .hasMessageContaining("version 0a1b")
                .hasMessageContaining("write \"DB\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "myvault",
                "myvault.vault.azure.net",
                "http://myvault.vault.azure.net",
                "https://myvault.vault.azure.net/secrets",
                "https://myvault.vault.azure.net?x",
                "https://user@myvault.vault.azure.net",
                "https://my_vault.vault.azure.net",
                "https://myvault..azure.net",
                "https://myvault.vault.azure.net\n",
                "https://myvault.vault.azure.net:0"
            })
    @DisplayName("is read by no store whose vault is not an https URL of a host")
    void badVaults(String vault) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VaultScope.parse(vault))
                .withMessageContaining("https://myvault.vault.azure.net");
    }

    private static SecretReferenceException refusal(VaultReferences references, String reference) {
        SecretReferenceException e =
                catchThrowableOfType(SecretReferenceException.class, () -> references.normalize(reference));
        assertThat(e).as("the refusal of %s", reference).isNotNull();
        return e;
    }

    private static String unescape(String written) {
        return ESCAPE.matcher(written)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) != null
                                ? Character.toString(Integer.parseInt(found.group(1), 16))
                                : found.group(2).repeat(Integer.parseInt(found.group(3)))));
    }
}
