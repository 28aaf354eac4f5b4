package dev.headwater.spi;

import java.util.Map;

/** How a value that was given becomes a value of its field. */
public sealed interface ValueTransform {

    /** {@return no change} */
    static ValueTransform none() {
        return new None();
    }

    /** {@return whether a link may stand under a key with this transform, since what it links to can be read as it is} */
    default boolean linkable() {
        return this instanceof None || this instanceof Base64Text;
    }

    /** No change. */
    record None() implements ValueTransform {}

    /** The value is the Base64 form of the field's text in UTF-8 (Chalk's keys in {@code _BASE64} and {@code _B64}). */
    record Base64Text() implements ValueTransform {}

    /**
     * Words stand for values, as {@code enable} for true. Values that the field takes anyway are left as they are.
     *
     * @param values the value of each word; words in lower case if case is ignored
     * @param ignoreCase whether {@code Yes} is {@code yes}
     */
    record Words(Map<String, Object> values, boolean ignoreCase) implements ValueTransform {

        public Words {
            values = Checks.orderedCopy(values);
        }
    }

    /**
     * Cuts a URL down to its host, and a suffix off the host: from {@code https://abc.example.com/} to {@code abc} for the
     * suffix {@code .example.com}. Text that is no URL and lacks the suffix is left as it is.
     *
     * @param suffix what to cut off the end, with its leading dot; empty for nothing
     */
    record HostOnly(String suffix) implements ValueTransform {}
}
