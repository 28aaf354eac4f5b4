package dev.headwater.connectors.internal.ssh;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Ed25519 keys in OpenSSH's form. */
final class Ed25519Form {

    private Ed25519Form() {}

    static Optional<String> of(EdECPrivateKey key) {
        return key.getBytes().map(seed -> {
            byte[] publicKey = publicKey(seed);
            byte[] both = Arrays.copyOf(seed, seed.length + publicKey.length);
            System.arraycopy(publicKey, 0, both, seed.length, publicKey.length);
            return OpenSshForm.of("ssh-ed25519", List.of(publicKey), List.of(both));
        });
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
