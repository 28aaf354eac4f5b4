package dev.headwater.secrets.azure.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.SecretReferenceException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written, nothing is taken but the few spellings of a secret of this vault, in any case. */
@Label("References to secrets of Key Vault")
class VaultReferencesPropertyTest {

    private static final VaultReferences REFERENCES =
            new VaultReferences(VaultScope.parse("https://myvault.vault.azure.net"));

    @Property
    @Label("every spelling of a secret comes to its name, in the case that it was written in")
    void spellings(@ForAll("names") String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        assertThat(spellingsOf(name)).allSatisfy(spelling -> {
            assertThat(REFERENCES.normalize(spelling)).isEqualTo(name);
            assertThat(REFERENCES.normalize(spelling.toUpperCase(Locale.ROOT))).isEqualTo(upper);
        });
    }

    @Property(tries = 20_000)
    @Label("what is pieced together from parts of URLs is taken in its exact spellings only")
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

    @Property
    @Label("the identifier of a version is told from that of any other secret")
    void answers(@ForAll("names") String name, @ForAll("names") String other) {
        String version = "/0123456789abcdef0123456789abcdef";
        String url = "https://myvault.vault.azure.net/secrets/";
        assertThat(REFERENCES.isVersionOf(name, url + name + version)).isTrue();
        assertThat(REFERENCES.isVersionOf(name, url + other + version)).isEqualTo(other.equalsIgnoreCase(name));
        assertThat(REFERENCES.isVersionOf(name, "https://evil.example/secrets/" + name + version))
                .isFalse();
        assertThat(REFERENCES.isVersionOf(name, url + name)).isFalse();
    }

    private static void holdsFor(String reference) {
        normalized(reference).ifPresent(name -> {
            assertThat(name).hasSizeBetween(1, 127);
            assertThat(name.chars())
                    .allMatch(c -> c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z');
            assertThat(reference.chars()).allMatch(c -> c < 128);
            assertThat(reference).endsWith(name);
            assertThat(spellingsOf(name.toLowerCase(Locale.ROOT))).contains(reference.toLowerCase(Locale.ROOT));
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

    /** All that may be written for a secret of the vault, case aside, spelled out without the grammar that is tested. */
    private static List<String> spellingsOf(String name) {
        return List.of(
                name,
                "https://myvault.vault.azure.net/secrets/" + name,
                "https://myvault.vault.azure.net:443/secrets/" + name);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars('-')
                .ofMinLength(1)
                .ofMaxLength(127);
    }

    @Provide
    Arbitrary<String> pieces() {
        Arbitrary<String> scheme = Arbitraries.of("https", "https", "https", "HTTPS", "http", "");
        Arbitrary<String> host = Arbitraries.of(
                "://myvault.vault.azure.net",
                "://MYVAULT.vault.azure.net",
                "://myvault.vault.azure.net",
                "://other.vault.azure.net",
                "://user@myvault.vault.azure.net",
                "://myvault.vault.azure.net@evil.example",
                "://myvault.vault.azure.net.",
                "://myvаult.vault.azure.net",
                ":/myvault.vault.azure.net",
                "");
        Arbitrary<String> port = Arbitraries.of("", "", "", ":443", ":0443", ":8443", ":", ":4 43");
        Arbitrary<String> collection = Arbitraries.of(
                "/secrets",
                "/secrets",
                "/secrets",
                "/Secrets",
                "/keys",
                "//secrets",
                "/secrets/..",
                "/%73ecrets",
                "\\secrets");
        Arbitrary<String> name =
                Arbitraries.of("/db", "/DB", "/d-b", "/db", "/d_b", "//db", "/d%62", "/ſ", "/db\n", "");
        Arbitrary<String> tail = Arbitraries.of(
                "",
                "",
                "",
                "/",
                "/0123456789abcdef0123456789abcdef",
                "/latest",
                "?",
                "?a=b",
                "#",
                "#x",
                ";v=1",
                "\n",
                " ");
        return Combinators.combine(scheme, host, port, collection, name, tail)
                .as((a, b, c, d, e, f) -> a + b + c + d + e + f);
    }
}
