package dev.headwater.connectors;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyPair;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
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
    ED25519_PKCS8(KeyPair.ED25519, Form.PKCS8, false);

    public static final String PASSPHRASE = "planted-passphrase";

    private final boolean encrypted;
    private final String privateKey;
    private final String publicLine;

    SshTestKeys(int type, Form form, boolean encrypted) {
        this.encrypted = encrypted;
        try {
            this.privateKey = form == Form.PKCS8 ? pkcs8(type, encrypted) : written(type, form, encrypted);
            KeyPair pair = KeyPair.load(new JSch(), privateKey.getBytes(StandardCharsets.US_ASCII), null);
            if (encrypted && !pair.decrypt(PASSPHRASE)) {
                throw new IllegalStateException("it does not open");
            }
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            pair.writePublicKey(line, "test");
            this.publicLine = line.toString(StandardCharsets.US_ASCII).strip();
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

    private static String written(int type, Form form, boolean encrypted) throws Exception {
        KeyPair pair = KeyPair.genKeyPair(new JSch(), type, type == KeyPair.RSA ? 2048 : 256);
        byte[] passphrase = encrypted ? PASSPHRASE.getBytes(StandardCharsets.US_ASCII) : null;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (form == Form.OPENSSH) {
            pair.writeOpenSSHv1PrivateKey(out, passphrase);
        } else {
            pair.writePrivateKey(out, passphrase);
        }
        return out.toString(StandardCharsets.US_ASCII);
    }

    private static String pkcs8(int type, boolean encrypted) throws GeneralSecurityException, java.io.IOException {
        KeyPairGenerator generator;
        if (type == KeyPair.RSA) {
            generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
        } else if (type == KeyPair.ECDSA) {
            generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator = KeyPairGenerator.getInstance("Ed25519");
        }
        byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
        return encrypted ? pem("ENCRYPTED PRIVATE KEY", encrypted(der)) : pem("PRIVATE KEY", der);
    }

    private static byte[] encrypted(byte[] der) throws GeneralSecurityException, java.io.IOException {
        String algorithm = "PBEWithHmacSHA256AndAES_256";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(PASSPHRASE.toCharArray())));
        // EncryptedPrivateKeyInfo does not know the names of these algorithms before Java 19.
        byte[] parameters = cipher.getParameters().getEncoded();
        byte[] oid = HexFormat.of().parseHex("06092a864886f70d01050d");
        boolean withOid = HexFormat.of().formatHex(parameters).contains("06092a864886f70d01050d");
        byte[] identifier = withOid ? parameters : der(0x30, oid, parameters);
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
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + what + "-----\n";
    }
}
