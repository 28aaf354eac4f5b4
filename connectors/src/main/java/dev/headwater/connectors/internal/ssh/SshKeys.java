package dev.headwater.connectors.internal.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the private key of a tunnel: in OpenSSH's form, or in PEM as PKCS#1, SEC1 or PKCS#8. */
final class SshKeys {

    private static final String KEY = "ssh.private_key";
    private static final String PASSPHRASE = "ssh.private_key_passphrase";

    private SshKeys() {}

    /** Adds the key of the config, if there is one, opened with its passphrase. */
    static void add(JSch jsch, ResolvedConfig config) {
        String key = config.text(KEY).filter(text -> !text.isBlank()).orElse(null);
        if (key == null) {
            return;
        }
        String given = key.strip() + "\n";
        String readable =
                Pkcs8.toOpenSsh(given, config.text(PASSPHRASE).orElse("")).orElse(given);
        byte[] bytes = readable.getBytes(StandardCharsets.UTF_8);
        byte[] passphrase = passphrase(jsch, bytes, config);
        try {
            jsch.addIdentity(KEY, bytes, null, passphrase);
        } catch (JSchException e) {
            throw unreadable();
        }
    }

    private static byte @Nullable [] passphrase(JSch jsch, byte[] key, ResolvedConfig config) {
        KeyPair pair = load(jsch, key);
        try {
            if (!pair.isEncrypted()) {
                return null;
            }
            String passphrase = config.text(PASSPHRASE).orElse("");
            if (passphrase.isEmpty()) {
                throw new ConnectorException(
                        FailureCode.INVALID_CONFIG,
                        KEY + " is encrypted, and there is no " + PASSPHRASE,
                        "Give the passphrase of the key.");
            }
            byte[] bytes = passphrase.getBytes(StandardCharsets.UTF_8);
            // Decrypting takes the passphrase away from whom it is given to.
            if (!pair.decrypt(bytes.clone())) {
                throw new ConnectorException(
                        FailureCode.WRONG_CREDENTIALS,
                        "SSH tunnel: " + PASSPHRASE + " does not open " + KEY,
                        "Check the passphrase of the key for the SSH server.");
            }
            return bytes;
        } finally {
            pair.dispose();
        }
    }

    private static KeyPair load(JSch jsch, byte[] key) {
        try {
            return KeyPair.load(jsch, key.clone(), null);
        } catch (JSchException | RuntimeException e) {
            // What it says may quote the key.
            throw unreadable();
        }
    }

    private static ConnectorException unreadable() {
        return new ConnectorException(
                FailureCode.INVALID_CONFIG,
                KEY + " is no private key that can be read",
                "Give a private key in OpenSSH's form or in PEM (PKCS#1 or PKCS#8): ed25519, RSA or ECDSA.");
    }
}
