package dev.headwater.connectors.mssql;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Messages of TDS, which come in packets: a header of eight bytes each, [MS-TDS] 2.2.3.1. */
final class TdsStream {

    static final int BATCH = 1;
    static final int RPC = 3;
    static final int RESPONSE = 4;
    static final int ATTENTION = 6;
    static final int LOGIN = 0x10;
    static final int PRELOGIN = 0x12;

    private static final int LAST = 1;
    private static final int HEADER = 8;
    private static final int MAX_PACKET = 4096;

    private Socket socket;
    private DataInputStream in;
    private OutputStream out;

    TdsStream(Socket socket) throws IOException {
        use(socket);
    }

    private void use(Socket other) throws IOException {
        socket = other;
        in = new DataInputStream(other.getInputStream());
        out = other.getOutputStream();
    }

    /**
     * One message.
     *
     * @param body in the byte order of the protocol
     */
    record Message(int type, ByteBuffer body) {}

    Message read() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int type = in.readUnsignedByte();
            int status = in.readUnsignedByte();
            int length = in.readUnsignedShort();
            in.readFully(new byte[HEADER - 4]);
            body.write(in.readNBytes(length - HEADER));
            if ((status & LAST) != 0) {
                return new Message(type, ByteBuffer.wrap(body.toByteArray()).order(ByteOrder.LITTLE_ENDIAN));
            }
        }
    }

    void write(int type, byte[] body) throws IOException {
        int at = 0;
        do {
            int length = Math.min(body.length - at, MAX_PACKET - HEADER);
            writePacket(out, type, at + length == body.length, body, at, length);
            at += length;
        } while (at < body.length);
        out.flush();
    }

    private static void writePacket(OutputStream out, int type, boolean last, byte[] body, int at, int length)
            throws IOException {
        ByteBuffer packet = ByteBuffer.allocate(HEADER + length);
        packet.put((byte) type).put((byte) (last ? LAST : 0)).putShort((short) (HEADER + length));
        packet.putInt(0).put(body, at, length);
        out.write(packet.array());
    }

    /** Takes up TLS, whose handshake comes in the packets of TDS, and all that follows does not. */
    void startTls(SSLContext context) throws IOException {
        Wrapped wrapped = new Wrapped(socket);
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(wrapped, null, true);
        // As SQL Server does: in later versions the server would speak after the handshake.
        tls.setEnabledProtocols(new String[] {"TLSv1.2"});
        tls.startHandshake();
        wrapped.sendFlight();
        wrapped.done = true;
        use(tls);
    }

    /**
     * A socket over another that puts into packets what is written, and takes out what is read. What is written between
     * two reads is one message: the driver counts them.
     */
    private static final class Wrapped extends Socket {

        private final Socket below;
        private final ByteArrayOutputStream flight = new ByteArrayOutputStream();
        private volatile boolean done;
        private int left;

        Wrapped(Socket below) {
            this.below = below;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            InputStream source = below.getInputStream();
            DataInputStream headers = new DataInputStream(source);
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    if (done) {
                        return source.read(buffer, offset, length);
                    }
                    if (left == 0) {
                        sendFlight();
                        headers.readUnsignedShort();
                        left = headers.readUnsignedShort() - HEADER;
                        headers.readInt();
                    }
                    int read = source.read(buffer, offset, Math.min(left, length));
                    if (read < 0) {
                        throw new EOFException();
                    }
                    left -= read;
                    return read;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream sink = below.getOutputStream();
            return new OutputStream() {
                @Override
                public void write(int one) throws IOException {
                    write(new byte[] {(byte) one}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    if (done) {
                        sink.write(bytes, offset, length);
                    } else {
                        flight.write(bytes, offset, length);
                    }
                }

                @Override
                public void flush() throws IOException {
                    sink.flush();
                }
            };
        }

        void sendFlight() throws IOException {
            if (flight.size() > 0) {
                writePacket(below.getOutputStream(), PRELOGIN, true, flight.toByteArray(), 0, flight.size());
                flight.reset();
            }
        }

        @Override
        public synchronized void close() throws IOException {
            below.close();
        }
    }
}
