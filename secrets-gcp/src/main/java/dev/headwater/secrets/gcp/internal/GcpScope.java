package dev.headwater.secrets.gcp.internal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a store's secrets lie.
 *
 * @param project the project's id or number, as configured
 * @param number the project's number, if it is known
 * @param location the location of regional secrets, or null for global ones
 */
public record GcpScope(
        String project, @Nullable String number, @Nullable String location) {

    /** The service that serves secrets, as full resource names spell it. */
    public static final String SERVICE = "secretmanager.googleapis.com";

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,18}");

    /** An id, before it a domain and a colon in old projects of an organization; or a number. */
    private static final Pattern PROJECT =
            Pattern.compile("(?:[a-z0-9][a-z0-9.-]*:)?[a-z][a-z0-9-]*[a-z0-9]|" + NUMBER.pattern());

    private static final Pattern LOCATION = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*");

    /** @throws IllegalArgumentException if a part is not written as Google writes it */
    public GcpScope {
        check("project", project, PROJECT, "an id such as my-project, or a number");
        if (number != null) {
            check("project number", number, NUMBER, "digits, such as 456789012345");
        } else if (NUMBER.matcher(project).matches()) {
            number = project;
        }
        if (location != null) {
            check("location", location, LOCATION, "a region such as europe-west1");
        }
    }

    private static void check(String what, String value, Pattern pattern, String expected) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "the " + what + " must be " + expected + ", got " + GcpReferences.shown(value));
        }
    }

    /** True for the project's id and for its number, where that is known. */
    boolean isProject(String segment) {
        return segment.equals(project) || segment.equals(number);
    }

    /** Whether a segment of a resource name is a project number rather than an id. */
    static boolean isNumber(String segment) {
        return NUMBER.matcher(segment).matches();
    }

    /** {@return the resource name of a secret in this scope} */
    String secret(String name) {
        return "projects/" + project + (location == null ? "" : "/locations/" + location) + "/secrets/" + name;
    }

    /** {@return what to ask for to get a secret's latest version} */
    public String latestVersion(String name) {
        return secret(name) + "/versions/latest";
    }

    /**
     * {@return host and port of the service} Regional secrets are served by their region alone.
     *
     * @see <a href="https://cloud.google.com/secret-manager/regional-secrets/config-overview">regional secrets</a>
     */
    public String endpoint() {
        return (location == null ? SERVICE : "secretmanager." + location + ".rep.googleapis.com") + ":443";
    }

    /** {@return the scope for errors and logs} */
    public String describe() {
        return "project " + project + (location == null ? "" : " in " + location);
    }
}
