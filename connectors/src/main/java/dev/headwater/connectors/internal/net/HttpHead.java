package dev.headwater.connectors.internal.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The head of an HTTP request: RFC 9112, sections 2 to 6. Whatever two readers could read in two ways is refused, since the
 * origin server is the second one.
 *
 * @param target as it came
 */
record HttpHead(String method, String target, String version, List<Field> fields) {

    private static final int MAX_LENGTH = 65_536;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /** RFC 9110, section 7.6.1, and what is for the proxy alone. A body is passed on as it is, so its coding stays. */
    private static final Set<String> FOR_ONE_HOP = Set.of(
            "connection",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "upgrade");

    record Field(String name, String value) {

        /** {@return the name in lower case} */
        String key() {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads a head.
     *
     * @param first its first byte
     * @throws IOException if it is none
     */
    static HttpHead read(int first, InputStream in) throws IOException {
        StringBuilder head = new StringBuilder().append((char) first);
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || head.length() == MAX_LENGTH) {
                throw new ProtocolException("no HTTP request");
            }
            head.append((char) next);
        }
        List<String> lines = List.of(head.toString().split("\r\n"));
        String[] request = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
        if (request.length != 3
                || !request[0].matches(TOKEN)
                || !request[1].matches("[!-~]+")
                || !request[2].matches("HTTP/1\\.[01]")) {
            throw new ProtocolException("no HTTP request");
        }
        List<Field> fields = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon < 1 || !line.substring(0, colon).matches(TOKEN) || line.matches("(?s).*[\\r\\n\\x00].*")) {
                throw new ProtocolException("a header that is none");
            }
            fields.add(new Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        HttpHead read = new HttpHead(request[0], request[1], request[2], List.copyOf(fields));
        if (!read.chunked()) {
            read.length();
        }
        return read;
    }

    /** {@return the values of all fields of a name, in their order} */
    List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.key().equals(name))
                .map(Field::value)
                .toList();
    }

    /** {@return the members of a list in fields of a name, in lower case} */
    private List<String> members(String name) {
        return values(name).stream()
                .flatMap(value -> Arrays.stream(value.toLowerCase(Locale.ROOT).split(",", -1)))
                .map(String::strip)
                .filter(member -> !member.isEmpty())
                .toList();
    }

    /**
     * {@return the host and port of the absolute form}
     *
     * @throws ProtocolException if the target is of another form
     */
    String authority() throws ProtocolException {
        String scheme = "http://";
        if (!target.regionMatches(true, 0, scheme, 0, scheme.length())) {
            throw new ProtocolException("no URL of http");
        }
        return target.substring(scheme.length()).split("[/?#]", 2)[0];
    }

    /**
     * {@return the head as the origin server gets it: in the origin form (RFC 9112, section 3.2.1), for the host of the target
     * (section 3.2.2), without the fields that are for the proxy}
     */
    byte[] forOrigin() throws ProtocolException {
        String authority = authority();
        String rest = target.substring("http://".length() + authority.length()).split("#", 2)[0];
        String form = rest.startsWith("/") ? rest : "/" + rest;
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(rest.isEmpty() && method.equals("OPTIONS") ? "*" : form)
                .append(' ')
                .append(version)
                .append("\r\nHost: ")
                .append(authority);
        List<String> connection = members("connection");
        fields.stream()
                .filter(field -> !FOR_ONE_HOP.contains(field.key())
                        && (!connection.contains(field.key()) || framing(field.key())))
                .forEach(field ->
                        head.append("\r\n").append(field.name()).append(": ").append(field.value()));
        if (connection.contains("close")) {
            head.append("\r\nConnection: close");
        }
        return head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Says how long the body is, which is passed on. */
    private static boolean framing(String field) {
        return field.equals("content-length") || field.equals("transfer-encoding");
    }

    /**
     * {@return whether the body comes in chunks}
     *
     * @throws ProtocolException if it comes in another coding, or its length is said twice
     */
    boolean chunked() throws ProtocolException {
        List<String> codings = members("transfer-encoding");
        if (codings.isEmpty()) {
            return false;
        }
        if (!codings.equals(List.of("chunked")) || !values("content-length").isEmpty() || version.equals("HTTP/1.0")) {
            throw new ProtocolException("a body of unclear length");
        }
        return true;
    }

    /**
     * {@return how long a body is that does not come in chunks}
     *
     * @throws ProtocolException if that is not clear
     */
    long length() throws ProtocolException {
        List<String> lengths =
                Stream.concat(Stream.of("0"), values("content-length").stream()).toList();
        String length = lengths.get(lengths.size() - 1);
        if (lengths.size() > 2 || !length.matches("[0-9]{1,18}")) {
            throw new ProtocolException("a body of unclear length");
        }
        return Long.parseLong(length);
    }
}
