package dev.headwater.connectors;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Texts that would change a URL if they stood in it as they are. */
public final class Hostile {

    private Hostile() {}

    /** @param attacks some that are made for one driver */
    public static Arbitrary<String> texts(String... attacks) {
        Arbitrary<String> any = Arbitraries.strings().ofMinLength(1).ofMaxLength(40);
        Arbitrary<String> separators = Arbitraries.strings()
                .withChars("/?&=#%+,;:@[](){}\\\"' .ab0\n\u00e9")
                .ofMinLength(1)
                .ofMaxLength(40);
        Arbitrary<String> common = Arbitraries.of(
                "a@b", "host,evil.example.com", "evil.example.com:1/db", "localhost/x?", "..", "%00", "%");
        return Arbitraries.oneOf(any, separators, common, Arbitraries.of(attacks))
                // Lone surrogates are no text that anything could be called.
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }
}
