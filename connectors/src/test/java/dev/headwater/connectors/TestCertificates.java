package dev.headwater.connectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority, made by the JDK's keytool, that the JVM is told to trust, and one that it is not. The trust
 * must be set before the JVM first uses TLS, so servers for tests get their certificates here before they start.
 */
public final class TestCertificates {

    /** The name that the certificates of servers are for. */
    public static final String SERVER_NAME = "localhost";

    /** Of all key stores. */
    public static final String PASSWORD = "changeit";

    private static final TestCertificates TRUSTED = new TestCertificates("trusted");
    private static final TestCertificates STRANGE = new TestCertificates("strange");

    static {
        Path trustStore = TRUSTED.directory.resolve("trust.p12");
        TRUSTED.keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "ca",
                "-file",
                TRUSTED.file("ca.pem"),
                "-keystore",
                "" + trustStore);
        System.setProperty("javax.net.ssl.trustStore", trustStore.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    }

    private final Path directory;

    private TestCertificates(String name) {
        try {
            directory = Files.createTempDirectory(name);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        generate("ca", "bc:c");
        keytool("-exportcert", "-rfc", "-alias", "ca", "-keystore", file("ca.p12"), "-file", file("ca.pem"));
        generate("server", "ku:c=digitalSignature");
        keytool("-certreq", "-alias", "server", "-keystore", file("server.p12"), "-file", file("server.csr"));
        keytool(
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-keystore",
                file("ca.p12"),
                "-infile",
                file("server.csr"),
                "-outfile",
                file("server.pem"),
                "-ext",
                "san=dns:" + SERVER_NAME);
        writeKey();
        writeKeyStore();
    }

    /** The authority that the JVM trusts. */
    public static TestCertificates trusted() {
        return TRUSTED;
    }

    /** An authority that the JVM does not know. */
    public static TestCertificates strange() {
        return STRANGE;
    }

    /** {@return the certificate of a server, as PEM} */
    public Path serverCertificate() {
        return directory.resolve("server.pem");
    }

    /** {@return its key, as PEM} */
    public Path serverKey() {
        return directory.resolve("server.key");
    }

    /** {@return both in a file for Java, as PKCS #12} */
    public Path serverKeyStore() {
        return directory.resolve("key-store.p12");
    }

    /** {@return what a TLS server in this JVM needs} */
    public SSLContext serverContext() {
        try (var in = Files.newInputStream(serverKeyStore())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void writeKeyStore() {
        try (var in = Files.newInputStream(directory.resolve("server.p12"));
                var certificate = Files.newInputStream(serverCertificate());
                var out = Files.newOutputStream(serverKeyStore())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            Key key = store.getKey("server", PASSWORD.toCharArray());
            Certificate[] chain = {CertificateFactory.getInstance("X.509").generateCertificate(certificate)};
            store.setKeyEntry("server", key, PASSWORD.toCharArray(), chain);
            store.store(out, PASSWORD.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private void generate(String alias, String extension) {
        keytool(
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=Headwater test " + alias,
                "-keystore",
                file(alias + ".p12"),
                "-storetype",
                "PKCS12",
                "-validity",
                "30",
                "-ext",
                extension);
    }

    private void writeKey() {
        try (var in = Files.newInputStream(directory.resolve("server.p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            byte[] key = store.getKey("server", PASSWORD.toCharArray()).getEncoded();
            Files.createFile(
                    serverKey(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    serverKey(),
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                            + "\n-----END PRIVATE KEY-----\n");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + ": " + output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
