package dev.headwater.secrets.gcp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretReferenceException.Reason;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A reference to a secret of Secret Manager")
class GcpReferencesTest {

    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})|\\{(.)\\*([0-9]+)}");

    @ParameterizedTest(name = "{3} in {0} {1} {2}: {4} {5}")
    @CsvFileSource(
            resources = "/dev/headwater/secrets/gcp/references.csv",
            delimiter = '|',
            quoteCharacter = '\'',
            useHeadersInDisplayName = false,
            numLinesToSkip = 3)
    @DisplayName("is taken only if it names a secret of the store's scope and pins no version")
    void cases(
            String project,
            @Nullable String number,
            @Nullable String location,
            String written,
            @Nullable String name,
            @Nullable Reason refused) {
        GcpReferences references = new GcpReferences(new GcpScope(project, number, location));
        String reference = unescape(written);

        if (refused == null) {
            assertThat(name).isNotNull();
            assertThat(references.normalize(reference)).isEqualTo(unescape(name));
            assertThat(references.normalize(unescape(name))).isEqualTo(unescape(name));
        } else {
            SecretReferenceException e = refusal(references, reference);
            assertThat(e.reason()).isEqualTo(refused);
            assertThat(e.reference()).isEqualTo(reference);
            assertThat(e.getMessage()).matches("[ -~…]+");
        }
    }

    @Test
    @DisplayName("of another project is refused with what was given and what was expected")
    void saysWhatWasExpected() {
        SecretReferenceException e = refusal(
                new GcpReferences(new GcpScope("my-proj", null, "europe-west1")),
                "projects/other/locations/europe-west1/secrets/db");

        assertThat(e.expected()).isEqualTo("projects/my-proj/locations/europe-west1/secrets/<name>");
        assertThat(e)
                .hasMessage("the secret reference \"projects/other/locations/europe-west1/secrets/db\" names project"
                        + " \"other\"; the store reads secrets of project my-proj in europe-west1 only: write the name of"
                        + " a secret there, or projects/my-proj/locations/europe-west1/secrets/<name>");
    }

    @Test
    @DisplayName("by number is refused with the reason, if the store knows its project by id alone")
    void saysThatIdAndNumberCannotBeCompared() {
        assertThat(refusal(new GcpReferences(new GcpScope("my-proj", null, null)), "projects/456/secrets/db"))
                .hasMessageContaining("cannot tell whether id and number mean the same project");
    }

    @Test
    @DisplayName("with a pinned version is refused with the name to write instead")
    void saysWhatToWriteInsteadOfAVersion() {
        SecretReferenceException e = refusal(
                new GcpReferences(new GcpScope("my-proj", null, null)), "projects/my-proj/secrets/db/versions/3");

        assertThat(e.expected()).isEqualTo("projects/my-proj/secrets/db");
        assertThat(e).hasMessageContaining("version 3").hasMessageContaining("write \"db\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "My-Proj", "a/b", "my-proj\n", "my-proj/secrets/x", "0123", "-", "my-proj-", "https://x"})
    @DisplayName("is read by no store whose project is not written as Google writes it")
    void badProjects(String project) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GcpScope(project, null, null))
                .withMessageContaining("project");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "europe west1", "EU", "evil.example/", "eu.evil.example", "eu\n"})
    @DisplayName("is read by no store whose location could change the host that is asked")
    void badLocations(String location) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GcpScope("my-proj", null, location))
                .withMessageContaining("location");
    }

    private static SecretReferenceException refusal(GcpReferences references, String reference) {
        SecretReferenceException e =
                catchThrowableOfType(SecretReferenceException.class, () -> references.normalize(reference));
        assertThat(e).as("the refusal of %s", reference).isNotNull();
        return e;
    }

    private static String unescape(String written) {
        return ESCAPE.matcher(written)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(
                        found.group(1) != null
                                ? Character.toString(Integer.parseInt(found.group(1), 16))
                                : found.group(2).repeat(Integer.parseInt(found.group(3)))));
    }
}
