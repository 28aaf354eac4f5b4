package dev.headwater.testkit.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS for servers on the loopback interface, with a certificate that the JDK's {@code keytool} makes once per JVM for
 * {@code 127.0.0.1} and {@code localhost}.
 */
public final class LoopbackTls {

    /** Guards a key that lives as long as this JVM, in a file that is deleted at once. */
    private static final char[] PASSWORD = "loopback".toCharArray();

    private LoopbackTls() {}

    /**
     * {@return what a server presents}
     *
     * @throws UncheckedIOException if the certificate cannot be made
     */
    public static SSLContext server() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(Made.KEYS, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * {@return what a client trusts: that certificate and no other}
     *
     * @throws UncheckedIOException if the certificate cannot be made
     */
    public static SSLContext client() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("loopback", Made.KEYS.getCertificate("loopback"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Made {

        private static final KeyStore KEYS = make();

        private static KeyStore make() {
            try {
                Path folder = Files.createTempDirectory("loopback-tls");
                Path file = folder.resolve("keys.p12");
                try {
                    keytool(file);
                    KeyStore keys = KeyStore.getInstance("PKCS12");
                    try (InputStream in = Files.newInputStream(file)) {
                        keys.load(in, PASSWORD);
                    }
                    return keys;
                } finally {
                    Files.deleteIfExists(file);
                    Files.delete(folder);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void keytool(Path file) throws IOException {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "loopback",
                            "-dname",
                            "CN=localhost",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-validity",
                            "2",
                            "-startdate",
                            "-1d",
                            "-ext",
                            "san=ip:127.0.0.1,dns:localhost",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            new String(PASSWORD))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                if (!keytool.waitFor(60, TimeUnit.SECONDS)) {
                    keytool.destroyForcibly();
                    throw new IOException("keytool did not make a certificate within 60 seconds");
                }
            } catch (InterruptedException e) {
                keytool.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while keytool made a certificate", e);
            }
            if (keytool.exitValue() != 0) {
                throw new IOException("keytool failed to make a certificate: exit code " + keytool.exitValue());
            }
        }
    }
}
