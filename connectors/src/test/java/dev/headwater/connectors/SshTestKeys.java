package dev.headwater.connectors;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyPair;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Private keys in the forms in which people have them. */
public enum SshTestKeys {
    ED25519_OPENSSH(KeyPair.ED25519, Form.OPENSSH, false),
    ED25519_OPENSSH_ENCRYPTED(KeyPair.ED25519, Form.OPENSSH, true),
    RSA_OPENSSH(KeyPair.RSA, Form.OPENSSH, false),
    RSA_OPENSSH_ENCRYPTED(KeyPair.RSA, Form.OPENSSH, true),
    ECDSA_OPENSSH_ENCRYPTED(KeyPair.ECDSA, Form.OPENSSH, true),
    RSA_PKCS1(KeyPair.RSA, Form.PEM, false),
    RSA_PKCS1_ENCRYPTED(KeyPair.RSA, Form.PEM, true),
    ECDSA_SEC1(KeyPair.ECDSA, Form.PEM, false),
    ECDSA_SEC1_ENCRYPTED(KeyPair.ECDSA, Form.PEM, true),
    RSA_PKCS8(KeyPair.RSA, Form.PKCS8, false),
    RSA_PKCS8_ENCRYPTED(KeyPair.RSA, Form.PKCS8, true),
    ECDSA_PKCS8(KeyPair.ECDSA, Form.PKCS8, false),
    ECDSA_PKCS8_ENCRYPTED(KeyPair.ECDSA, Form.PKCS8, true),
    ECDSA_PKCS8_ALONE("secp256r1", false),
    ECDSA_PKCS8_ALONE_ENCRYPTED("secp256r1", true),
    ECDSA_384_PKCS8_ALONE("secp384r1", false),
    ECDSA_521_PKCS8_ALONE("secp521r1", false),
    ED25519_PKCS8(KeyPair.ED25519, Form.PKCS8, false),
    ED25519_PKCS8_ENCRYPTED(KeyPair.ED25519, Form.PKCS8, true);

    public static final String PASSPHRASE = "planted-passphrase";

    private static final String RSA_ALGORITHM = "300d06092a864886f70d0101010500";
    private static final String P256_ALGORITHM = "301306072a8648ce3d020106082a8648ce3d030107";

    private final boolean encrypted;
    private final String privateKey;
    private final String publicLine;

    SshTestKeys(int type, Form form, boolean encrypted) {
        this.encrypted = encrypted;
        try {
            byte[] passphrase = encrypted ? PASSPHRASE.getBytes(StandardCharsets.US_ASCII) : null;
            if (form == Form.PKCS8 && type == KeyPair.ED25519) {
                java.security.KeyPair pair =
                        KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                this.privateKey = pkcs8(pair.getPrivate().getEncoded(), encrypted);
                this.publicLine = ed25519Line(pair.getPublic().getEncoded());
                return;
            }
            KeyPair pair = KeyPair.genKeyPair(new JSch(), type, type == KeyPair.RSA ? 2048 : 256);
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            pair.writePublicKey(line, "test");
            this.publicLine = line.toString(StandardCharsets.US_ASCII).strip();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (form == Form.OPENSSH) {
                pair.writeOpenSSHv1PrivateKey(out, passphrase);
                this.privateKey = out.toString(StandardCharsets.US_ASCII);
            } else if (form == Form.PEM) {
                pair.writePrivateKey(out, passphrase);
                this.privateKey = out.toString(StandardCharsets.US_ASCII);
            } else {
                pair.writePrivateKey(out);
                byte[] inner = unpem(out.toString(StandardCharsets.US_ASCII));
                byte[] algorithm = HexFormat.of().parseHex(type == KeyPair.RSA ? RSA_ALGORITHM : P256_ALGORITHM);
                this.privateKey = pkcs8(der(0x30, new byte[] {2, 1, 0}, algorithm, der(0x04, inner)), encrypted);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key without its public part, as Java writes it. */
    SshTestKeys(String curve, boolean encrypted) {
        this.encrypted = encrypted;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            java.security.KeyPair pair = generator.generateKeyPair();
            this.privateKey = pkcs8(pair.getPrivate().getEncoded(), encrypted);
            byte[] spki = pair.getPublic().getEncoded();
            int bits = Integer.parseInt(curve.substring(4, 7));
            int length = 1 + 2 * ((bits + 7) / 8);
            String name = "nistp" + bits;
            ByteArrayOutputStream blob = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(blob);
            for (byte[] part : List.of(
                    ("ecdsa-sha2-" + name).getBytes(StandardCharsets.US_ASCII),
                    name.getBytes(StandardCharsets.US_ASCII),
                    Arrays.copyOfRange(spki, spki.length - length, spki.length))) {
                out.writeInt(part.length);
                out.write(part);
            }
            this.publicLine = "ecdsa-sha2-" + name + " " + Base64.getEncoder().encodeToString(blob.toByteArray());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private enum Form {
        OPENSSH,
        PEM,
        PKCS8
    }

    public boolean encrypted() {
        return encrypted;
    }

    public String privateKey() {
        return privateKey;
    }

    /** {@return a line of {@code authorized_keys}} */
    public String publicLine() {
        return publicLine;
    }

    /** The last 32 bytes of the JDK's encoding are the key itself. */
    private static String ed25519Line(byte[] spki) {
        byte[] head = HexFormat.of().parseHex("0000000b7373682d6564323535313900000020");
        byte[] blob = new byte[head.length + 32];
        System.arraycopy(head, 0, blob, 0, head.length);
        System.arraycopy(spki, spki.length - 32, blob, head.length, 32);
        return "ssh-ed25519 " + Base64.getEncoder().encodeToString(blob) + " test";
    }

    private static String pkcs8(byte[] der, boolean encrypted) throws Exception {
        return encrypted ? pem("ENCRYPTED PRIVATE KEY", encrypted(der)) : pem("PRIVATE KEY", der);
    }

    private static byte[] encrypted(byte[] der) throws Exception {
        String algorithm = "PBEWithHmacSHA256AndAES_256";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(PASSPHRASE.toCharArray())));
        // EncryptedPrivateKeyInfo does not know the names of these algorithms before Java 19.
        byte[] parameters = cipher.getParameters().getEncoded();
        String oid = "06092a864886f70d01050d";
        boolean withOid = HexFormat.of().formatHex(parameters).contains(oid);
        byte[] identifier = withOid ? parameters : der(0x30, HexFormat.of().parseHex(oid), parameters);
        return der(0x30, identifier, der(0x04, cipher.doFinal(der)));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 128) {
            out.write(length);
        } else if (length < 256) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static byte[] unpem(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]*-----", ""));
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + what + "-----\n";
    }
}
