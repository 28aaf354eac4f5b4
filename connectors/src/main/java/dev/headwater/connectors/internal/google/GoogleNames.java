package dev.headwater.connectors.internal.google;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.util.regex.Pattern;

/** Checks the ids of resources, which become parts of paths. */
public final class GoogleNames {

    /** As in https://cloud.google.com/resource-manager/docs/creating-managing-projects, older ones with a domain before them. */
    private static final Pattern PROJECT = Pattern.compile("([a-z0-9.-]{1,100}:)?[a-z0-9][a-z0-9-]{0,62}");

    private GoogleNames() {}

    public static String project(ResolvedConfig config) {
        return checked("project", config.required("project"), PROJECT, "the ID of a project");
    }

    /**
     * {@return the name}
     *
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if it does not match
     */
    public static String checked(String field, String name, Pattern pattern, String expected) {
        if (!pattern.matcher(name).matches()) {
            throw new ConnectorException(FailureCode.INVALID_CONFIG, field + " is not " + expected);
        }
        return name;
    }
}
