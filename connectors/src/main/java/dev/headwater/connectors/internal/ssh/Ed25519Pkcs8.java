package dev.headwater.connectors.internal.ssh;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Brings Ed25519 keys from PKCS#8 (RFC 8410), which JSch reads for other keys only, into OpenSSH's form, which it does. */
final class Ed25519Pkcs8 {

    private static final String PLAIN = "PRIVATE KEY";
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final byte[] ALGORITHM = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);

    private Ed25519Pkcs8() {}

    /** {@return the key in OpenSSH's form and no longer encrypted; empty if it is another, or the passphrase is wrong} */
    static Optional<String> toOpenSsh(String pem, String passphrase) {
        try {
            boolean encrypted = pem.startsWith("-----BEGIN " + ENCRYPTED + "-----");
            if (!encrypted && !pem.startsWith("-----BEGIN " + PLAIN + "-----")) {
                return Optional.empty();
            }
            byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]*-----", ""));
            byte[] plain = encrypted ? decrypted(der, passphrase) : der;
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(plain))
                            instanceof EdECPrivateKey key
                    ? key.getBytes().map(Ed25519Pkcs8::openSsh)
                    : Optional.empty();
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] decrypted(byte[] der, String passphrase) throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
        // So the parameters of PBES2 name what was used.
        String algorithm = info.getAlgParameters().toString();
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(passphrase.toCharArray())),
                info.getAlgParameters());
        return cipher.doFinal(info.getEncryptedData());
    }

    private static String openSsh(byte[] seed) {
        byte[] publicKey = publicKey(seed);
        byte[] publicBlob = bytes(out -> {
            text(out, ALGORITHM);
            text(out, publicKey);
        });
        byte[] privateBlob = bytes(out -> {
            out.writeInt(0); // the same number twice, to tell whether decryption went well
            out.writeInt(0);
            text(out, ALGORITHM);
            text(out, publicKey);
            text(out, bytes(both -> {
                both.write(seed);
                both.write(publicKey);
            }));
            text(out, new byte[0]);
            for (int pad = 1; out.size() % 8 != 0; pad++) {
                out.write(pad);
            }
        });
        byte[] none = "none".getBytes(StandardCharsets.US_ASCII);
        byte[] all = bytes(out -> {
            out.write("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
            text(out, none);
            text(out, none);
            text(out, new byte[0]);
            out.writeInt(1);
            text(out, publicBlob);
            text(out, privateBlob);
        });
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(all)
                + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }

    /** The JDK derives a public key only while it makes a pair, so the pair is made from the seed. */
    private static byte[] publicKey(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, new Fixed(seed));
            KeyPair pair = generator.generateKeyPair();
            byte[] made = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            if (!Arrays.equals(made, seed)) {
                throw new IllegalStateException("the JVM makes Ed25519 keys in another way");
            }
            var point = ((EdECPublicKey) pair.getPublic()).getPoint();
            return encoded(point.getY(), point.isXOdd());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RFC 8032, section 5.1.2: y with the least significant byte first, and the sign of x in the highest bit. */
    private static byte[] encoded(BigInteger y, boolean xIsOdd) {
        byte[] bigEndian = y.toByteArray();
        byte[] out = new byte[32];
        for (int i = 0; i < Math.min(32, bigEndian.length); i++) {
            out[i] = bigEndian[bigEndian.length - 1 - i];
        }
        if (xIsOdd) {
            out[31] |= (byte) 0x80;
        }
        return out;
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

    /** Not random at all. */
    private static final class Fixed extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Fixed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, Math.min(seed.length, bytes.length));
        }
    }
}
