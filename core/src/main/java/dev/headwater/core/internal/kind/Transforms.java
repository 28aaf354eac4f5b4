package dev.headwater.core.internal.kind;

import dev.headwater.spi.ValueTransform;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Applies value transforms to text. */
final class Transforms {

    private Transforms() {}

    /** The text of the Base64 form, with or without padding and line breaks; null if it is none, or not of UTF-8. */
    static @Nullable String decode(String base64) {
        StringBuilder packed = new StringBuilder(base64.length());
        for (int i = 0; i < base64.length(); i++) {
            char c = base64.charAt(i);
            if (c != '\n' && c != '\r' && c != ' ' && c != '\t') {
                packed.append(c);
            }
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(packed.toString());
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return null;
        }
    }

    /** What the word stands for, or null if it is none of the words. */
    static @Nullable Object word(ValueTransform.Words words, String given) {
        return words.values().get(words.ignoreCase() ? given.toLowerCase(Locale.ROOT) : given);
    }

    static String hostOnly(ValueTransform.HostOnly how, String given) {
        int from = given.startsWith("https://") ? 8 : given.startsWith("http://") ? 7 : 0;
        int slash = given.indexOf('/', from);
        // "host/" is a URL without its scheme; "host/path" is not clear enough to cut
        int to = slash >= 0 && (from > 0 || slash == given.length() - 1) ? slash : given.length();
        String suffix = how.suffix();
        int end = to - suffix.length();
        if (end > from && given.regionMatches(true, end, suffix, 0, suffix.length())) {
            to = end;
        }
        return from == 0 && to == given.length() ? given : given.substring(from, to);
    }
}
