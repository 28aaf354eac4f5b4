package dev.headwater.core.internal.kind.standard;

import dev.headwater.spi.ValueTransform;
import java.util.LinkedHashMap;
import java.util.Map;

/** Words by which the three systems write values. */
final class Words {

    /** How Chalk's client reads a flag, in either case; and the same for no, so that a typing error is not a no. */
    static final ValueTransform TRUTHY = new ValueTransform.Words(
            ordered(
                    "true", true, "1", true, "yes", true, "t", true, "y", true, "false", false, "0", false, "no", false,
                    "f", false, "n", false),
            true);

    /** How DataBrain switches an SSH tunnel. */
    static final ValueTransform ENABLE_DISABLE =
            new ValueTransform.Words(ordered("enable", true, "disable", false), false);

    /** How DataBrain says which way to log in to Snowflake. */
    static final ValueTransform SNOWFLAKE_CREDENTIALS = new ValueTransform.Words(
            ordered("username/password", "password", "Key-pair authentication", "key_pair"), false);

    private Words() {}

    private static Map<String, Object> ordered(Object... wordsAndValues) {
        Map<String, Object> words = new LinkedHashMap<>();
        for (int i = 0; i < wordsAndValues.length; i += 2) {
            words.put((String) wordsAndValues[i], wordsAndValues[i + 1]);
        }
        return words;
    }
}
