package dev.headwater.connectors.internal.ssh;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Brings keys from PKCS#8 (RFC 5958) into OpenSSH's form where JSch does not read them: Ed25519, and ECDSA without the public
 * part.
 */
final class Pkcs8 {

    private static final String PLAIN = "PRIVATE KEY";
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";

    private Pkcs8() {}

    /** {@return the key in OpenSSH's form and no longer encrypted; empty if it is another, or the passphrase is wrong} */
    static Optional<String> toOpenSsh(String pem, String passphrase) {
        try {
            boolean encrypted = pem.startsWith("-----BEGIN " + ENCRYPTED + "-----");
            if (!encrypted && !pem.startsWith("-----BEGIN " + PLAIN + "-----")) {
                return Optional.empty();
            }
            byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]*-----", ""));
            byte[] plain = encrypted ? decrypted(der, passphrase) : der;
            Optional<String> ed25519 =
                    key("Ed25519", plain) instanceof EdECPrivateKey key ? Ed25519Form.of(key) : Optional.empty();
            return ed25519.isEmpty() && key("EC", plain) instanceof ECPrivateKey key ? EcdsaForm.of(key) : ed25519;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return the key, or null if it is another} */
    private static @Nullable PrivateKey key(String algorithm, byte[] der) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (InvalidKeySpecException e) {
            return null;
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
}
