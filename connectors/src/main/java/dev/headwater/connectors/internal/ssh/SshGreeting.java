package dev.headwater.connectors.internal.ssh;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Listens for the line with which an SSH server begins, after others if it likes (RFC 4253, section 4.2). Read by one thread at
 * a time.
 */
final class SshGreeting extends FilterInputStream {

    private static final byte[] BEGIN = OpenSshForm.ascii("SSH-");
    private static final int MUCH = 65_536;

    private volatile boolean heardAnything;
    private volatile boolean heardServer;
    private int matched;

    SshGreeting(InputStream in) {
        super(in);
    }

    /** {@return whether something came, and nothing of an SSH server} */
    boolean isStranger() {
        return heardAnything && !heardServer;
    }

    private void hear(byte b) {
        heardAnything = true;
        if (b == '\n') {
            matched = 0;
        } else if (matched >= 0) {
            matched = b == BEGIN[matched] ? matched + 1 : -1;
            if (matched == BEGIN.length) {
                heardServer = true;
            }
        }
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0 && !heardServer) {
            hear((byte) read);
        }
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        for (int i = 0; i < read && !heardServer; i++) {
            hear(bytes[offset + i]);
        }
        return read;
    }

    /** {@return the stream; when it fails, what the other side said before it closed is still read} */
    OutputStream heardBeforeFailing(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    hearTheRest();
                    throw e;
                }
            }
        };
    }

    private void hearTheRest() {
        try {
            for (int i = 0; i < MUCH && !heardServer && available() > 0; i++) {
                if (read() < 0) {
                    return;
                }
            }
        } catch (IOException e) {
            // Nothing is left to hear.
        }
    }
}
