package dev.headwater.testkit.internal;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps a copy of what goes to the standard streams and to {@code java.util.logging}. */
public final class Output {

    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Logger root = Logger.getLogger("");
    private final Handler handler = new CopyingHandler();

    private Output() {}

    /** Begins to keep. */
    public static Output capture() {
        Output output = new Output();
        System.setOut(output.copying(output.out));
        System.setErr(output.copying(output.err));
        output.root.addHandler(output.handler);
        return output;
    }

    /**
     * Ends it.
     *
     * @return all that came
     */
    public String end() {
        root.removeHandler(handler);
        System.setOut(out);
        System.setErr(err);
        return copy.toString(StandardCharsets.UTF_8);
    }

    private PrintStream copying(PrintStream original) {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        copy.write(b);
                        original.write(b);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        copy.write(bytes, offset, length);
                        original.write(bytes, offset, length);
                    }

                    @Override
                    public void flush() {
                        original.flush();
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }

    private final class CopyingHandler extends Handler {

        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            copy.writeBytes(formatter.format(record).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
