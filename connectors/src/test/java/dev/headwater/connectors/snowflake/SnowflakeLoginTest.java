package dev.headwater.connectors.snowflake;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.TestCertificates;
import dev.headwater.connectors.internal.snowflake.StubbedSnowflakeKind;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import dev.headwater.testkit.FaultyServer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Logging in to Snowflake")
class SnowflakeLoginTest {

    private static final String PASSPHRASE = "pass phrase";
    private static KeyPair keys;

    private final SnowflakeFixture fixture = new SnowflakeFixture();
    private final Connector connector = fixture.connector();
    private final Map<String, Object> config = fixture.workingConfig();

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        SnowflakeFixture.server().publicKey(keys.getPublic());
    }

    private static String pem(String type, byte[] bytes) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + type + "-----\n";
    }

    private static byte[] encrypted(byte[] key) throws Exception {
        String algorithm = "PBEWithHmacSHA256AndAES_256";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(PASSPHRASE.toCharArray())));
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
        parameters.init(cipher.getParameters().getEncoded());
        return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key)).getEncoded();
    }

    private void useKey(String pem) {
        config.remove("password");
        config.put("private_key", SecretValue.of(pem));
    }

    private ConnectorException openFails() {
        return failure(() -> connector.open(target("snowflake", config)).close());
    }

    private void assertWorks() {
        try (ConnectorSession session = connector.open(target("snowflake", config))) {
            assertThat(session.probe()).isEqualTo("Snowflake 9.31.0");
        }
    }

    @Test
    @DisplayName("works with a password, and asks for nothing but the login and the query")
    void password() {
        assertWorks();
        assertThat(SnowflakeFixture.server().requests())
                .allMatch(path -> path.startsWith("/session") || path.startsWith("/queries"));
    }

    @Test
    @DisplayName("works with a key pair")
    void keyPair() {
        useKey(pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        assertWorks();
        config.put("auth_method", "key_pair");
        config.put("password", SecretValue.of("not to be used"));
        assertWorks();
    }

    @Test
    @DisplayName("works with an encrypted key and its passphrase")
    void encryptedKey() throws Exception {
        useKey(pem("ENCRYPTED PRIVATE KEY", encrypted(keys.getPrivate().getEncoded())));
        config.put("private_key_passphrase", SecretValue.of(PASSPHRASE));
        assertWorks();
    }

    @Test
    @DisplayName("fails with another key, a wrong passphrase, or what is no key, and shows none of them")
    void wrongKeys() throws Exception {
        KeyPair other = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        useKey(pem("PRIVATE KEY", other.getPrivate().getEncoded()));
        assertThat(openFails().failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);

        useKey(pem("ENCRYPTED PRIVATE KEY", encrypted(keys.getPrivate().getEncoded())));
        config.put("private_key_passphrase", SecretValue.of("another phrase"));
        assertThat(openFails().failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);

        config.remove("private_key_passphrase");
        useKey("planted, and no key");
        ConnectorException failure = openFails();
        assertThat(failure.failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        assertThat(failure).hasMessageNotContaining("planted");
    }

    @Test
    @DisplayName("fails where nobody trusted has signed the certificate, or it is for another name")
    void strange() {
        config.put("host", "127.0.0.1");
        assertThat(openFails().failure()).isEqualTo(FailureCode.TLS_FAILED);
        config.put("host", TestCertificates.SERVER_NAME);
        config.put(
                "account",
                StubbedSnowflakeKind.account(
                        SnowflakeStub.start(TestCertificates.strange()).port()));
        assertThat(openFails().failure()).isEqualTo(FailureCode.TLS_FAILED);
    }

    @Test
    @DisplayName("tells a host that does not exist")
    void unknownHost() {
        config.put("host", "no-such-host.invalid");
        ConnectorException failure = openFails();
        assertThat(failure.failure()).isEqualTo(FailureCode.UNKNOWN_HOST);
    }

    @Test
    @DisplayName("tells a server without TLS")
    void otherServer() {
        try (FaultyServer server = FaultyServer.answering("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes())) {
            config.put("account", StubbedSnowflakeKind.account(server.port()));
            assertThat(openFails().failure()).isIn(FailureCode.WRONG_SERVER, FailureCode.TLS_FAILED);
        }
    }

    @Test
    @DisplayName("is done by a pool, which works")
    void pool() throws Exception {
        try (ConnectorClient client =
                connector.client(target("snowflake", config), new ClientSettings("snowflake", 2))) {
            DataSource pool = (DataSource) client.client();
            try (Connection first = pool.getConnection();
                    Connection second = pool.getConnection();
                    var rows = second.createStatement().executeQuery("select 'x'")) {
                assertThat(rows.next()).isTrue();
                assertThat(first.isValid(5)).isTrue();
            }
        }
    }
}
