package dev.headwater.connectors.internal.net;

import dev.headwater.connectors.internal.net.GateProxy.ProxyUser;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A CONNECT of SOCKS version 5 (RFC 1928), with a user name and password (RFC 1929) if one is asked for. */
final class Socks5Request extends ProxyRequest {

    static final int VERSION = 5;

    private static final int NO_LOGIN = 0;
    private static final int PASSWORD_LOGIN = 2;
    private static final int NO_LOGIN_FITS = 0xff;
    private static final int CONNECT = 1;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    private static final int GENERAL_FAILURE = 1;
    private static final int NOT_ALLOWED = 2;
    private static final int HOST_UNREACHABLE = 4;
    private static final int REFUSED = 5;
    private static final int COMMAND_UNKNOWN = 7;
    private static final int ADDRESS_TYPE_UNKNOWN = 8;

    private Socks5Request(Endpoint destination) {
        super(destination);
    }

    /** Reads on after the first byte. */
    static @Nullable Socks5Request read(InputStream in, OutputStream out, @Nullable ProxyUser user) throws IOException {
        byte[] offered = bytes(in, one(in));
        int wanted = user == null ? NO_LOGIN : PASSWORD_LOGIN;
        boolean fits = false;
        for (byte method : offered) {
            fits |= method == wanted;
        }
        send(out, VERSION, fits ? wanted : NO_LOGIN_FITS);
        if (!fits || (user != null && !login(in, out, user))) {
            return null;
        }
        expect(in, VERSION);
        int command = one(in);
        expect(in, 0);
        int type = one(in);
        if (command != CONNECT) {
            reply(out, COMMAND_UNKNOWN);
            return null;
        }
        String host;
        switch (type) {
            case IPV4 -> host = InetAddress.getByAddress(bytes(in, 4)).getHostAddress();
            case IPV6 -> host = InetAddress.getByAddress(bytes(in, 16)).getHostAddress();
            case NAME -> host = new String(bytes(in, one(in)), StandardCharsets.ISO_8859_1);
            default -> {
                reply(out, ADDRESS_TYPE_UNKNOWN);
                return null;
            }
        }
        return new Socks5Request(endpoint(host, one(in) << 8 | one(in)));
    }

    private static boolean login(InputStream in, OutputStream out, ProxyUser user) throws IOException {
        expect(in, 1);
        String name = new String(bytes(in, one(in)), StandardCharsets.UTF_8);
        String password = new String(bytes(in, one(in)), StandardCharsets.UTF_8);
        boolean right = name.equals(user.name()) && password.equals(user.password());
        send(out, 1, right ? 0 : 1);
        return right;
    }

    @Override
    void accept(OutputStream out) throws IOException {
        reply(out, 0);
    }

    @Override
    void refuse(OutputStream out, IOException why) throws IOException {
        if (why instanceof DestinationRefusedException) {
            reply(out, NOT_ALLOWED);
        } else if (why instanceof UnknownHostException) {
            reply(out, HOST_UNREACHABLE);
        } else {
            reply(out, why instanceof ConnectException ? REFUSED : GENERAL_FAILURE);
        }
    }

    /** The address of the answer is of no use to anybody, and may be zero. */
    private static void reply(OutputStream out, int code) throws IOException {
        send(out, VERSION, code, 0, IPV4, 0, 0, 0, 0, 0, 0);
    }

    private static void send(OutputStream out, int... bytes) throws IOException {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            all[i] = (byte) bytes[i];
        }
        out.write(all);
        out.flush();
    }

    private static int one(InputStream in) throws IOException {
        int read = in.read();
        if (read < 0) {
            throw new EOFException("the request ends early");
        }
        return read;
    }

    private static byte[] bytes(InputStream in, int count) throws IOException {
        byte[] read = in.readNBytes(count);
        if (read.length < count) {
            throw new EOFException("the request ends early");
        }
        return read;
    }

    private static void expect(InputStream in, int value) throws IOException {
        if (one(in) != value) {
            throw new ProtocolException("no SOCKS request");
        }
    }
}
