package dev.headwater.connectors.internal.ssh;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Writes private keys as OpenSSH does, not encrypted: PROTOCOL.key of its source, with the numbers of RFC 4251. */
final class OpenSshForm {

    private static final byte[] NONE = ascii("none");

    private OpenSshForm() {}

    /**
     * {@return the key}
     *
     * @param algorithm such as {@code ssh-ed25519}
     * @param publicPart what makes up the public key, after the algorithm
     * @param privatePart what follows that in the private key
     */
    static String of(String algorithm, List<byte[]> publicPart, List<byte[]> privatePart) {
        byte[] publicBlob = bytes(out -> {
            text(out, ascii(algorithm));
            texts(out, publicPart);
        });
        byte[] privateBlob = bytes(out -> {
            out.writeInt(0); // the same number twice, to tell whether decryption went well
            out.writeInt(0);
            text(out, ascii(algorithm));
            texts(out, publicPart);
            texts(out, privatePart);
            text(out, new byte[0]);
            for (int pad = 1; out.size() % 8 != 0; pad++) {
                out.write(pad);
            }
        });
        byte[] all = bytes(out -> {
            out.write(ascii("openssh-key-v1\0"));
            text(out, NONE);
            text(out, NONE);
            text(out, new byte[0]);
            out.writeInt(1);
            text(out, publicBlob);
            text(out, privateBlob);
        });
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(all)
                + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void texts(DataOutputStream out, List<byte[]> texts) throws IOException {
        for (byte[] text : texts) {
            text(out, text);
        }
    }

    private static void text(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }
}
