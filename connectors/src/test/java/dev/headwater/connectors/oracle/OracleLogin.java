package dev.headwater.connectors.oracle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.KeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The server's half of a login by O5LOGON with a verifier of version 12c: both halves make a key of what each has sent under
 * a key from the password, and the password comes under that.
 */
final class OracleLogin {

    static final String USER = "app";
    static final String PASSWORD = "correct horse battery staple";

    private static final String WRONG = "ORA-01017: invalid username/password; logon denied";

    /** Who may log in, as the driver writes them, and the errors of those who know the password and do not get in. */
    private static final Map<String, String> USERS = Map.of(
            "APP",
            "",
            OracleTables.NO_DICTIONARY,
            "",
            "LOCKED",
            "ORA-28000: the account is locked",
            "EXPIRED",
            "ORA-28001: the password has expired",
            "STRANGER",
            "ORA-01045: user STRANGER lacks CREATE SESSION privilege; logon denied");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int VERIFIER_12C = 0x4815;
    private static final int BLOCK = 16;
    private static final int KEY = 32;
    private static final int VERIFIER_ROUNDS = 4096;
    private static final int KEY_ROUNDS = 3;
    private static final int VERSION_19C = 19 << 24;

    private final TnsConnection connection;
    private final TtcReader in;
    private final byte[] salt = random(BLOCK);
    private final byte[] keySalt = random(BLOCK);
    private final byte[] half = random(KEY);

    OracleLogin(TnsConnection connection, TtcReader in) {
        this.connection = connection;
        this.in = in;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** {@return the user who is in now, or an empty text} */
    String logIn() throws IOException {
        Request first = readRequest();
        TtcWriter challenge = new TtcWriter(first.call());
        challenge.u8(TtcWriter.PARAMETERS).numbers(5);
        challenge.pair("AUTH_SESSKEY", HEX.formatHex(aes(Cipher.ENCRYPT_MODE, passwordKey(), half)), 0);
        challenge.pair("AUTH_VFR_DATA", HEX.formatHex(salt), VERIFIER_12C);
        challenge.pair("AUTH_PBKDF2_CSK_SALT", HEX.formatHex(keySalt), 0);
        challenge.pair("AUTH_PBKDF2_VGEN_COUNT", "" + VERIFIER_ROUNDS, 0);
        challenge.pair("AUTH_PBKDF2_SDER_COUNT", "" + KEY_ROUNDS, 0);
        connection.send(challenge.done(0, 0).bytes());

        Request second = readRequest();
        byte[] key = sessionKey(second.values().get("AUTH_SESSKEY"));
        String outcome = USERS.getOrDefault(second.user(), WRONG);
        if (!knowsPassword(second.values().get("AUTH_PASSWORD"), key)) {
            outcome = WRONG;
        }
        TtcWriter answer = new TtcWriter(second.call());
        if (outcome.isEmpty()) {
            answer.u8(TtcWriter.PARAMETERS).numbers(4);
            answer.pair("AUTH_VERSION_NO", "" + VERSION_19C, 0);
            answer.pair("AUTH_SESSION_ID", "1", 0);
            answer.pair("AUTH_SERIAL_NUM", "1", 0);
            answer.pair("AUTH_SVR_RESPONSE", proof(key), 0).done(0, 0);
        } else {
            answer.error(outcome, 0, 0);
        }
        connection.send(answer.bytes());
        return outcome.isEmpty() ? second.user() : "";
    }

    private record Request(int call, String user, Map<String, String> values) {}

    private Request readRequest() throws IOException {
        in.skip(2);
        int call = in.u8();
        in.skip(1);
        int length = in.number();
        in.skipNumbers(1);
        in.skip(1);
        int pairs = in.number();
        in.skip(2);
        return new Request(call, new String(in.bytes(length), StandardCharsets.UTF_8), in.pairs(pairs));
    }

    /** What both make of their halves. */
    private byte[] sessionKey(String encrypted) {
        byte[] otherHalf = aes(Cipher.DECRYPT_MODE, passwordKey(), HEX.parseHex(encrypted));
        return derive(HEX.formatHex(otherHalf) + HEX.formatHex(half), keySalt, KEY_ROUNDS, KEY);
    }

    /** After a random block comes the password, filled up with the number of bytes that fill it up. */
    private static boolean knowsPassword(String encrypted, byte[] key) {
        byte[] given = aes(Cipher.DECRYPT_MODE, key, HEX.parseHex(encrypted));
        byte[] right = PASSWORD.getBytes(StandardCharsets.UTF_8);
        int end = given.length - given[given.length - 1];
        return end == BLOCK + right.length && Arrays.equals(given, BLOCK, end, right, 0, right.length);
    }

    /** That the server knows the password too. */
    private static String proof(byte[] key) {
        ByteBuffer proof = ByteBuffer.allocate(3 * BLOCK).put(random(BLOCK));
        proof.put("SERVER_TO_CLIENT".getBytes(StandardCharsets.US_ASCII));
        Arrays.fill(proof.array(), proof.position(), proof.capacity(), (byte) BLOCK);
        return HEX.formatHex(aes(Cipher.ENCRYPT_MODE, key, proof.array()));
    }

    /** What both make of the password. */
    private byte[] passwordKey() {
        byte[] name = "AUTH_PBKDF2_SPEEDY_KEY".getBytes(StandardCharsets.US_ASCII);
        byte[] named =
                ByteBuffer.allocate(BLOCK + name.length).put(salt).put(name).array();
        byte[] derived = derive(PASSWORD, named, VERIFIER_ROUNDS, 2 * KEY);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            digest.update(derived);
            return Arrays.copyOf(digest.digest(salt), KEY);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] derive(String secret, byte[] salt, int rounds, int length) {
        try {
            KeySpec spec = new PBEKeySpec(secret.toCharArray(), salt, rounds, Byte.SIZE * length);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] aes(int mode, byte[] key, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[BLOCK]));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
