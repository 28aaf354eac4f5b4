package dev.headwater.core;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which names data sources may have, beyond what every store can keep. The default is Chalk's rule: letters, digits and
 * underscores, since Chalk makes environment variables of names.
 */
@FunctionalInterface
public interface NamePolicy {

    /** Chalk's rule. */
    NamePolicy LETTERS_DIGITS_UNDERSCORES = matching("[A-Za-z0-9_]+", "letters, digits and underscores");

    /** {@return what the name should be instead, as in "must be …"; null if it is good} */
    @Nullable
    String expectation(String name);

    /**
     * Names that match a regular expression as a whole.
     *
     * @param description what such names consist of, for errors
     */
    static NamePolicy matching(String regex, String description) {
        Pattern pattern = Pattern.compile(regex);
        return name -> pattern.matcher(name).matches() ? null : description;
    }
}
