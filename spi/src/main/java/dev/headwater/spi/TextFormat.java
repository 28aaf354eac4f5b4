package dev.headwater.spi;

/** Forms of text that many kinds share. Each says the same by a loop, for speed, and by an expression, for JSON Schema. */
public enum TextFormat {
    /** A host name in ASCII, or an IP address; no port, no path, nothing that a JDBC URL would read as more than a host. */
    HOST(
            "^([A-Za-z0-9._-]+|[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)$",
            "a host name or IP address, without a port") {
        @Override
        public boolean matches(String text) {
            return TextFormats.host(text, 0, text.length());
        }
    },
    /** A list of {@code host:port}, parted by commas; spaces may follow a comma. */
    HOSTS_WITH_PORTS(
            "^[A-Za-z0-9._-]+:[0-9]{1,5}(, *[A-Za-z0-9._-]+:[0-9]{1,5})*$", "host:port, or several parted by commas") {
        @Override
        public boolean matches(String text) {
            return TextFormats.hostsWithPorts(text);
        }
    },
    /** An HTTP or HTTPS URL without credentials in it. */
    HTTP_URL(
            "^https?://[^\\s/?#@]+([/?#]\\S*)?$",
            "a URL that begins with http:// or https:// and holds no user name or password") {
        @Override
        public boolean matches(String text) {
            return TextFormats.httpUrl(text);
        }
    };

    private final String regex;
    private final String expected;

    TextFormat(String regex, String expected) {
        this.regex = regex;
        this.expected = expected;
    }

    /** {@return whether the text has the form} */
    public abstract boolean matches(String text);

    /** {@return the form as a regular expression of ECMA-262, as JSON Schema wants it} */
    public String regex() {
        return regex;
    }

    /** {@return what text of this form is, as in "must be …"} */
    public String expected() {
        return expected;
    }
}
