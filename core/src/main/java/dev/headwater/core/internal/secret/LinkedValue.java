package dev.headwater.core.internal.secret;

import dev.headwater.spi.LinkedSecret;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.ValueEncoding;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/** Reads out of a fetched secret the value that a link means: first its JSON field, then its encoding. */
public final class LinkedValue {

    private LinkedValue() {}

    /**
     * @param link what is meant
     * @param whole the secret of that name, as its store gave it
     * @throws SecretStoreException with {@link SecretStoreException.Reason#UNUSABLE} if the secret is not what the link says
     */
    public static SecretValue read(LinkedSecret link, SecretValue whole) {
        String pointer = link.field();
        SecretValue part = pointer == null ? whole : JsonField.read(link, pointer, whole);
        return link.encoding() == ValueEncoding.BASE64 ? decode(link, part) : part;
    }

    private static SecretValue decode(LinkedSecret link, SecretValue encoded) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(encoded.reveal());
        } catch (IllegalArgumentException e) {
            throw unusable(
                    link, "is not Base64 (RFC 4648, without line breaks), and the field that links it expects that");
        }
        try {
            return SecretValue.of(StrictUtf8.decode(bytes));
        } catch (CharacterCodingException e) {
            throw unusable(link, "is Base64 of bytes that are not UTF-8 text");
        }
    }

    /** Never with a cause: parsers tell what they read. */
    static SecretStoreException unusable(LinkedSecret link, String what) {
        return new SecretStoreException(
                SecretStoreException.Reason.UNUSABLE, link.name(), "linked secret " + link + " " + what, null);
    }
}
