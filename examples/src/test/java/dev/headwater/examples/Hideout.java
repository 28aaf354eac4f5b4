package dev.headwater.examples;

import dev.headwater.core.ConnectionTestFailedException;
import dev.headwater.core.DataSourceGoneException;
import dev.headwater.spi.ValidationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes secrets to plant, and searches for them. All of them hold one marker of letters and digits, which no escaping
 * changes: to find the marker is to find any of them, whole or in part, as JSON, in a URL or in SQL. Around it stand
 * characters that escaping does change.
 */
final class Hideout {

    private static final String MARKER = "zQ4xPlantedV7kR2";

    /** The forms in which the marker may show, by name. */
    private static final Map<String, byte[]> FORMS = forms();

    private final StringBuilder said = new StringBuilder();
    private int planted;

    /** A new secret. */
    synchronized String plant() {
        planted++;
        return "p" + planted + "\\u00e9'%/" + MARKER + "&+=;" + planted;
    }

    int planted() {
        return planted;
    }

    /** Keeps all that a value tells about itself, to be searched. */
    synchronized void hear(Object value) {
        if (value instanceof Throwable thrown) {
            hear(thrown);
        } else {
            said.append(value).append('\n');
        }
    }

    /** With the stack trace, causes and suppressed exceptions, which print their messages, and what it carries. */
    private void hear(Throwable thrown) {
        if (thrown instanceof ValidationException invalid) {
            hear(invalid.result());
        } else if (thrown instanceof ConnectionTestFailedException failed) {
            hear(failed.report());
        } else if (thrown instanceof DataSourceGoneException gone) {
            hear(gone.deletion());
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        said.append(thrown.getMessage()).append('\n').append(trace).append('\n');
    }

    /** {@return where the marker shows in what was heard} */
    synchronized List<String> betrayals() {
        return found("heard", said.toString().getBytes(StandardCharsets.UTF_8));
    }

    synchronized int heard() {
        return said.length();
    }

    /** {@return where the marker shows in the files of a directory} */
    static List<String> inFiles(Path directory) {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.addAll(inFile(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    static List<String> inFile(Path file) throws IOException {
        return found(file.getFileName().toString(), Files.readAllBytes(file));
    }

    /** {@return each form in which the marker shows, with what stands around it} */
    static List<String> found(String place, byte[] bytes) {
        // One character for each byte, so that a search for text is a search for bytes.
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        List<String> found = new ArrayList<>();
        FORMS.forEach((name, form) -> {
            int at = all.indexOf(new String(form, StandardCharsets.ISO_8859_1));
            if (at >= 0) {
                found.add(place + ", " + name + ": "
                        + all.substring(Math.max(0, at - 200), Math.min(all.length(), at + 100)));
            }
        });
        return found;
    }

    private static Map<String, byte[]> forms() {
        Map<String, byte[]> forms = new LinkedHashMap<>();
        byte[] marker = MARKER.getBytes(StandardCharsets.US_ASCII);
        forms.put("plain", marker);
        for (Charset wide : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            forms.put(wide.name(), MARKER.getBytes(wide));
        }
        forms.put("hexadecimal", HexFormat.of().formatHex(marker).getBytes(StandardCharsets.US_ASCII));
        forms.put(
                "HEXADECIMAL", HexFormat.of().withUpperCase().formatHex(marker).getBytes(StandardCharsets.US_ASCII));
        for (int offset = 0; offset < 3; offset++) {
            forms.put("Base64 at " + offset, base64Within(marker, offset));
        }
        return forms;
    }

    /** The part of the Base64 form that the bytes alone decide, when so many other bytes stand before them. */
    private static byte[] base64Within(byte[] bytes, int offset) {
        byte[] shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int begin = offset == 0 ? 0 : offset + 1;
        int end = shifted.length * 8 / 6;
        return encoded.substring(begin, end).getBytes(StandardCharsets.US_ASCII);
    }
}
