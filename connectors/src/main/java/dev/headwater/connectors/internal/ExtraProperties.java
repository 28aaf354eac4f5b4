package dev.headwater.connectors.internal;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The extra driver properties that a kind lets through: some keys, and for each the values that it may have. All else is
 * refused, since drivers have properties that read files, load classes and switch off verification.
 */
public final class ExtraProperties {

    public static final String FLAG = "true|false";
    public static final String COUNT = "[0-9]{1,9}";

    private final Map<String, Pattern> allowed;

    /** @param allowed for each key, a regular expression that the whole value must match */
    public ExtraProperties(Map<String, String> allowed) {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        allowed.forEach((key, pattern) -> patterns.put(key, Pattern.compile(pattern)));
        this.allowed = Map.copyOf(patterns);
    }

    /**
     * {@return the extra properties of the config, by driver property}
     *
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} naming all that are refused
     */
    public Map<String, String> of(ResolvedConfig config) {
        Map<String, String> extra = config.extraProperties();
        List<String> problems = new ArrayList<>();
        extra.forEach((key, value) -> {
            Pattern pattern = allowed.get(key);
            if (pattern == null) {
                problems.add(ResolvedConfig.EXTRA_PREFIX + key + " is not allowed");
            } else if (!pattern.matcher(value).matches()) {
                problems.add(ResolvedConfig.EXTRA_PREFIX + key + " must match " + pattern);
            }
        });
        if (!problems.isEmpty()) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    Failures.line(
                            String.join("; ", problems) + "; allowed are " + new TreeSet<>(allowed.keySet()), config));
        }
        return extra;
    }
}
