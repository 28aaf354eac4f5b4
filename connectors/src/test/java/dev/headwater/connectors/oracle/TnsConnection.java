package dev.headwater.connectors.oracle;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One connection in the packets of TNS, version 318: a header of eight bytes each. The lengths have two bytes until the
 * connection is accepted, and four from then on.
 */
final class TnsConnection {

    private static final int ACCEPT = 2;
    private static final int REFUSE = 4;
    private static final int REDIRECT = 5;
    private static final int DATA = 6;
    private static final int MARKER = 12;

    private static final int BREAK = 1;
    private static final int RESET = 2;
    private static final int INTERRUPT = 3;

    private static final int VERSION = 318;
    private static final int HEADER = 8;
    private static final int DATA_FLAGS = 2;
    private static final int PACKET_SIZE = 8192;

    /** A redirect tells what to connect by, too. */
    private static final int NEW_DESCRIPTOR = 2;

    /** The network services (encryption, checksums) are not there, so the driver does not negotiate them. */
    private static final int NO_SERVICES = 0x04 | 0x08;

    private final DataInputStream in;
    private final OutputStream out;
    private boolean accepted;

    TnsConnection(Socket socket) throws IOException {
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    private record Packet(int type, ByteBuffer body) {}

    private Packet read() throws IOException {
        int length = accepted ? in.readInt() : in.readInt() >>> 16;
        int type = in.readUnsignedByte();
        in.readFully(new byte[HEADER - 5]);
        byte[] body = new byte[length - HEADER];
        in.readFully(body);
        return new Packet(type, ByteBuffer.wrap(body));
    }

    private void write(int type, byte[] body) throws IOException {
        write(type, 0, body);
    }

    private void write(int type, int flags, byte[] body) throws IOException {
        ByteBuffer packet = ByteBuffer.allocate(HEADER + body.length);
        packet.putInt(accepted ? packet.capacity() : packet.capacity() << 16);
        packet.put((byte) type).put((byte) flags).putShort((short) 0).put(body);
        out.write(packet.array());
        out.flush();
    }

    /** {@return the descriptor that the client connects by} A long one comes in a packet of its own. */
    String readConnect() throws IOException {
        ByteBuffer connect = read().body();
        int length = connect.getShort(24 - HEADER);
        int start = connect.getShort(26 - HEADER) - HEADER;
        ByteBuffer text = connect;
        if (connect.capacity() < start + length) {
            text = read().body();
            start = DATA_FLAGS;
        }
        return new String(text.array(), start, length, StandardCharsets.US_ASCII);
    }

    void refuse(String code) throws IOException {
        byte[] text = ("(DESCRIPTION=(TMP=)(VSNNUM=318767104)(ERR=" + code + ")(ERROR_STACK=(ERROR=(CODE=" + code
                        + ")(EMFI=4))))")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer body = ByteBuffer.allocate(4 + text.length);
        body.put((byte) 34).put((byte) 0).putShort((short) text.length).put(text);
        write(REFUSE, body.array());
    }

    /**
     * Sends the client elsewhere.
     *
     * @param address where to
     * @param descriptor what to connect by there
     */
    void redirect(String address, String descriptor) throws IOException {
        byte[] text = (address + "\0" + descriptor).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer body = ByteBuffer.allocate(2 + text.length);
        write(
                REDIRECT,
                NEW_DESCRIPTOR,
                body.putShort((short) text.length).put(text).array());
    }

    void accept() throws IOException {
        ByteBuffer body = ByteBuffer.allocate(45 - HEADER);
        body.putShort((short) VERSION).putShort((short) 0);
        body.putShort((short) PACKET_SIZE).putShort((short) PACKET_SIZE);
        body.putShort((short) 1).putShort((short) 0).putShort((short) 45);
        body.put((byte) NO_SERVICES).put((byte) NO_SERVICES);
        body.putLong(0).putInt(PACKET_SIZE).putInt(PACKET_SIZE).put((byte) 0).putInt(0);
        write(ACCEPT, body.array());
        accepted = true;
    }

    /** Sends a message, in as many packets as it takes. */
    void send(byte[] message) throws IOException {
        int most = PACKET_SIZE - HEADER - DATA_FLAGS;
        for (int at = 0; at < message.length; at += most) {
            int length = Math.min(most, message.length - at);
            write(
                    DATA,
                    ByteBuffer.allocate(DATA_FLAGS + length)
                            .putShort((short) 0)
                            .put(message, at, length)
                            .array());
        }
    }

    /** {@return what is in the packets of data} Messages tell where they end, packets do not. */
    InputStream messages() {
        return new InputStream() {

            private ByteBuffer packet = ByteBuffer.allocate(0);

            @Override
            public int read() throws IOException {
                while (!packet.hasRemaining()) {
                    packet = next();
                }
                return packet.get() & 0xff;
            }
        };
    }

    /** Waits until the client breaks a call off, and agrees with it on where the conversation goes on. */
    void awaitBreak() throws IOException {
        readMarker(INTERRUPT);
        write(MARKER, new byte[] {1, 0, BREAK});
        write(MARKER, new byte[] {1, 0, RESET});
        readMarker(RESET);
    }

    private void readMarker(int expected) throws IOException {
        Packet packet = read();
        if (packet.type() != MARKER || packet.body().get(2) != expected) {
            throw new IllegalStateException("a packet of type " + packet.type() + " instead of marker " + expected);
        }
    }

    private ByteBuffer next() throws IOException {
        Packet packet = read();
        if (packet.type() != DATA) {
            throw new IllegalStateException("a packet of type " + packet.type());
        }
        return packet.body().position(DATA_FLAGS);
    }
}
