package dev.headwater.connectors.internal.kafka;

import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS to brokers, always verified, host name included. Authorities are a file of PEM certificates, or else those that the
 * JVM trusts. The client's certificate is in a file of PEM, with its key, or in a PKCS #12 store; there is no field for a
 * password, so it has none, or an empty one. Immutable.
 */
final class KafkaTls {

    private static final String CA_FILE = "ssl.ca_file";
    private static final String KEY_STORE = "ssl.keystore_location";
    private static final int MAX_FILE = 1_048_576;
    private static final char[] NO_PASSWORD = {};
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private final SSLContext context;

    /**
     * Reads the files.
     *
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if one cannot be used
     */
    KafkaTls(@Nullable String caFile, @Nullable String keyStore) {
        TrustManager @Nullable [] trust = caFile == null ? null : trustManagers(read(CA_FILE, caFile));
        KeyManager @Nullable [] keys = keyStore == null ? null : keyManagers(read(KEY_STORE, keyStore));
        try {
            context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lays TLS over a connected socket, and shakes hands. */
    Socket over(Socket socket, Endpoint endpoint) throws IOException {
        SSLSocket secured =
                (SSLSocket) context.getSocketFactory().createSocket(socket, endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** {@return whether the file holds PEM, as opposed to PKCS #12} */
    static boolean isPem(String file) {
        return PEM.matcher(new String(read(KEY_STORE, file), StandardCharsets.US_ASCII))
                .find();
    }

    private static byte[] read(String field, String file) {
        try (InputStream in = open(field, Path.of(file))) {
            byte[] content = in.readNBytes(MAX_FILE + 1);
            if (content.length > MAX_FILE) {
                throw invalid(field, "is larger than " + MAX_FILE + " bytes");
            }
            return content;
        } catch (IOException | InvalidPathException e) {
            throw invalid(field, "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /** Opens a file, and nothing that could keep who reads it waiting for ever, as a pipe or a device does. */
    private static InputStream open(String field, Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw invalid(field, "is no regular file");
        }
        return Files.newInputStream(path);
    }

    private static TrustManager[] trustManagers(byte[] content) {
        List<Certificate> authorities = new ArrayList<>();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            for (byte[] block : blocks(content, "CERTIFICATE")) {
                authorities.add(certificate(block));
                store.setCertificateEntry("ca" + authorities.size(), authorities.get(authorities.size() - 1));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            if (!authorities.isEmpty()) {
                return factory.getTrustManagers();
            }
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw invalid(CA_FILE, "holds a certificate that cannot be read");
        }
        throw invalid(CA_FILE, "holds no PEM certificate");
    }

    private static KeyManager[] keyManagers(byte[] content) {
        try {
            List<byte[]> keys = blocks(content, "PRIVATE KEY");
            KeyStore store = KeyStore.getInstance("PKCS12");
            if (keys.isEmpty()) {
                store.load(new ByteArrayInputStream(content), NO_PASSWORD);
            } else {
                store.load(null, NO_PASSWORD);
                List<Certificate> chain = new ArrayList<>();
                for (byte[] block : blocks(content, "CERTIFICATE")) {
                    chain.add(certificate(block));
                }
                PrivateKey key = KeyFactory.getInstance(
                                chain.get(0).getPublicKey().getAlgorithm())
                        .generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
                store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
            }
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw invalid(
                    KEY_STORE,
                    "is neither a PEM file with a certificate and its PKCS #8 key, nor a PKCS #12 store without a password");
        }
    }

    private static List<byte[]> blocks(byte[] content, String type) {
        List<byte[]> blocks = new ArrayList<>();
        Matcher matcher = PEM.matcher(new String(content, StandardCharsets.US_ASCII));
        while (matcher.find()) {
            if (matcher.group(1).equals(type)) {
                blocks.add(Base64.getMimeDecoder().decode(matcher.group(2)));
            }
        }
        return blocks;
    }

    private static Certificate certificate(byte[] der) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static ConnectorException invalid(String field, String problem) {
        return new ConnectorException(FailureCode.INVALID_CONFIG, "the file of " + field + " " + problem);
    }
}
