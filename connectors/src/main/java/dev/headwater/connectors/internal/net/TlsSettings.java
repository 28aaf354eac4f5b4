package dev.headwater.connectors.internal.net;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the servers of a source prove who they are.
 *
 * @param extraAuthorities certificates in PEM that are trusted besides those of the JVM; or empty
 * @param verified whether certificates and host names are checked at all
 */
public record TlsSettings(Optional<String> extraAuthorities, boolean verified) {

    private static final Logger LOG = LoggerFactory.getLogger(TlsSettings.class);

    /** Those that the JVM trusts, and host names are checked. */
    public static final TlsSettings VERIFIED = new TlsSettings(Optional.empty(), true);

    /**
     * Anybody may answer, because a field of the config says so. Logs a warning.
     *
     * @param kind the kind of the source
     * @param field the field
     */
    public static TlsSettings unverified(String kind, String field) {
        LOG.warn("a source of kind {} has {} set: its server is not verified", kind, field);
        return new TlsSettings(Optional.empty(), false);
    }

    /**
     * Logs a warning: there is no TLS.
     *
     * @param kind the kind of the source
     * @param why the field that says so, with its value
     */
    public static void warnOfPlainText(String kind, String why) {
        LOG.warn("a source of kind {} has {}: it is talked to without TLS", kind, why);
    }

    /**
     * Logs a warning: the server must have a certificate that is trusted, whatever host it names.
     *
     * @param kind the kind of the source
     * @param why the field that says so, with its value
     */
    public static void warnOfAnyName(String kind, String why) {
        LOG.warn("a source of kind {} has {}: the name of its server is not verified", kind, why);
    }

    /**
     * {@return what checks certificates}
     *
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if the extra authorities are no certificates
     */
    public X509TrustManager trustManager() {
        if (!verified) {
            return new TrustsAll();
        }
        try {
            X509TrustManager usual = trustManager(null);
            return extraAuthorities.isEmpty() ? usual : withExtra(usual, extraAuthorities.get());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JVM's trusted certificates cannot be read", e);
        }
    }

    private static X509TrustManager withExtra(X509TrustManager usual, String pem)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : usual.getAcceptedIssuers()) {
            store.setCertificateEntry("jvm-" + number++, certificate);
        }
        for (Certificate certificate : certificates(pem)) {
            store.setCertificateEntry("extra-" + number++, certificate);
        }
        return trustManager(store);
    }

    private static Collection<? extends Certificate> certificates(String pem) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        try {
            Collection<? extends Certificate> found =
                    factory.generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException e) {
            // what it says may quote what it was given
        }
        throw new ConnectorException(
                FailureCode.INVALID_CONFIG, "the certificates to trust must be X.509 certificates in PEM");
    }

    private static X509TrustManager trustManager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("no trust manager for X.509"));
    }

    /** {@return a context for sockets and engines with this trust manager} */
    public static SSLContext context(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no TLS", e);
        }
    }

    /** Extended, because the JDK checks host names for managers that are not. */
    private static final class TrustsAll extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
