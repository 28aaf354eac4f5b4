package dev.headwater.secrets.gcp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.SecretReferenceException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written, nothing is taken but the few spellings of a secret of this project. */
@Label("References to secrets of Secret Manager")
class GcpReferencesPropertyTest {

    private static final GcpScope SCOPE = new GcpScope("my-proj", "456", "europe-west1");
    private static final GcpReferences REFERENCES = new GcpReferences(SCOPE);

    @Property
    @Label("every legal name is its own normal form")
    void namesStay(@ForAll("names") String name) {
        assertThat(REFERENCES.normalize(name)).isEqualTo(name);
    }

    @Property
    @Label("every spelling of a secret comes to the same name")
    void spellings(@ForAll("names") String name) {
        assertThat(spellingsOf(name))
                .allSatisfy(
                        spelling -> assertThat(REFERENCES.normalize(spelling)).isEqualTo(name));
    }

    @Property(tries = 20_000)
    @Label("what is pieced together from parts of references is taken in its exact spellings only")
    void pieces(@ForAll("pieces") String reference) {
        holdsFor(reference);
    }

    @Property(tries = 5_000)
    @Label("a spelling with one character changed, added or left out is taken only if it is another exact spelling")
    void mutants(
            @ForAll("names") String name,
            @ForAll int which,
            @ForAll int where,
            @ForAll char character,
            @ForAll int how) {
        List<String> spellings = spellingsOf(name);
        StringBuilder mutant = new StringBuilder(spellings.get(Math.floorMod(which, spellings.size())));
        int index = Math.floorMod(where, mutant.length());
        switch (Math.floorMod(how, 3)) {
            case 0 -> mutant.setCharAt(index, character);
            case 1 -> mutant.insert(index, character);
            default -> mutant.deleteCharAt(index);
        }
        holdsFor(mutant.toString());
    }

    @Property
    @Label("any text at all is taken in its exact spellings only")
    void anything(@ForAll String reference) {
        holdsFor(reference);
    }

    private static void holdsFor(String reference) {
        normalized(reference).ifPresent(name -> {
            assertThat(name).hasSizeBetween(1, 255);
            assertThat(name.chars()).allMatch(c -> "-_".indexOf(c) >= 0 || c < 128 && Character.isLetterOrDigit(c));
            assertThat(spellingsOf(name)).contains(reference);
            assertThat(REFERENCES.normalize(name)).isEqualTo(name);
        });
    }

    private static Optional<String> normalized(String reference) {
        try {
            return Optional.of(REFERENCES.normalize(reference));
        } catch (SecretReferenceException refused) {
            return Optional.empty();
        }
    }

    /** All that may be written for a secret of the scope, spelled out without the grammar that is tested. */
    private static List<String> spellingsOf(String name) {
        String byId = "projects/my-proj/locations/europe-west1/secrets/" + name;
        String byNumber = "projects/456/locations/europe-west1/secrets/" + name;
        String service = "//secretmanager.googleapis.com/";
        String latest = "/versions/latest";
        return List.of(
                name,
                byId,
                byNumber,
                byId + latest,
                byNumber + latest,
                service + byId,
                service + byNumber,
                service + byId + latest,
                service + byNumber + latest);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars('-', '_')
                .ofMinLength(1)
                .ofMaxLength(255);
    }

    @Provide
    Arbitrary<String> pieces() {
        Arbitrary<String> piece = Arbitraries.of(
                "projects",
                "my-proj",
                "456",
                "457",
                "other",
                "locations",
                "europe-west1",
                "europe-west4",
                "secrets",
                "db",
                "DB",
                "versions",
                "latest",
                "1",
                "-",
                ".",
                "..",
                "%2F",
                "\n",
                " ",
                "\u00a0",
                "é",
                ":",
                "@",
                "\\",
                "",
                "secretmanager.googleapis.com",
                "https:");
        Arbitrary<String> separator = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(12, Arbitraries.just("/")),
                net.jqwik.api.Tuple.of(1, Arbitraries.of("", "//", ":")));
        Arbitrary<String> tail = Combinators.combine(separator, piece)
                .as(String::concat)
                .list()
                .ofMaxSize(10)
                .map(parts -> String.join("", parts));
        Arbitrary<String> start = Arbitraries.of(
                "",
                "//secretmanager.googleapis.com/",
                "projects/my-proj/locations/europe-west1/secrets",
                "//secretmanager.googleapis.com/projects/456",
                "projects/my-proj/locations");
        return Combinators.combine(start, piece, tail).as((a, b, c) -> a.isEmpty() ? b + c : a + "/" + b + c);
    }
}
