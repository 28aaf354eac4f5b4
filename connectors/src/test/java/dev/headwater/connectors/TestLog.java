package dev.headwater.connectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of all that was logged in this JVM, in which tests look for secrets. */
public final class TestLog {

    private static final Path FILE = Path.of("slf4j.log");

    private TestLog() {}

    /** {@return whether the text has been logged by now} Holds a small part of the file at a time. */
    public static boolean contains(String text) {
        // A char per byte, so that no part of the file is malformed, wherever it begins.
        byte[] sought = text.getBytes(StandardCharsets.UTF_8);
        String wanted = new String(sought, StandardCharsets.ISO_8859_1);
        byte[] buffer = new byte[(1 << 20) + sought.length];
        int kept = 0;
        try (InputStream in = Files.newInputStream(FILE)) {
            int read;
            while ((read = in.read(buffer, kept, buffer.length - kept)) >= 0) {
                int filled = kept + read;
                if (new String(buffer, 0, filled, StandardCharsets.ISO_8859_1).contains(wanted)) {
                    return true;
                }
                // The text may begin at the end of this part.
                kept = Math.min(filled, sought.length - 1);
                System.arraycopy(buffer, filled - kept, buffer, 0, kept);
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
