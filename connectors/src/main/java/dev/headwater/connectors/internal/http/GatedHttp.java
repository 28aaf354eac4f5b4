package dev.headwater.connectors.internal.http;

import dev.headwater.connectors.internal.Artifacts;
import dev.headwater.connectors.internal.net.Passage;
import dev.headwater.connectors.internal.net.TlsSettings;
import dev.headwater.connectors.internal.ssh.Passages;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.X509TrustManager;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * An HTTP client for one session or one client of a source. Its sockets ask the network policy with the address that they
 * connect to and are closed by the target's cancellation; each call, with its answer read, has the target's timeout.
 * Redirects are not followed, nothing is retried, no cookies are kept, and proxies of the JVM's system properties are not
 * used. HTTP/1.1 only, which needs no threads.
 *
 * <p>Safe for use by many threads. OkHttp has threads of its own that all of a JVM's clients share; they are daemons, and
 * end a minute after their last use.
 */
public final class GatedHttp implements AutoCloseable {

    private static final int IDLE_CONNECTIONS = 5;
    private static final long KEEP_ALIVE_SECONDS = 30;

    /** OkHttp takes no more milliseconds than an int holds. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(24);

    private final OkHttpClient client;

    private GatedHttp(OkHttpClient client) {
        this.client = client;
    }

    /** Throws {@link FailureCode#DRIVER_MISSING} if there is no OkHttp. Called before a class that uses it is linked. */
    public static void requireOkHttp() {
        Artifacts.require("HTTP client", "okhttp3.OkHttpClient", "com.squareup.okhttp3:okhttp-jvm");
    }

    /**
     * Makes a client. Does no I/O.
     *
     * @throws ConnectorException with {@link FailureCode#DRIVER_MISSING} if there is no OkHttp, or
     *     {@link FailureCode#INVALID_CONFIG} if the config's tunnel or certificates cannot be used
     */
    public static GatedHttp open(ConnectionTarget target, TlsSettings tls) {
        requireOkHttp();
        return new GatedHttp(client(Passages.of(target), tls));
    }

    private static OkHttpClient client(Passage passage, TlsSettings tls) {
        Duration timeout = passage.timeout().compareTo(LONGEST_TIMEOUT) < 0 ? passage.timeout() : LONGEST_TIMEOUT;
        X509TrustManager trust = tls.trustManager();
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .socketFactory(new PassageSocketFactory(passage))
                .dns(passage.tunnel() == null ? Dns.SYSTEM : GatedHttp::unresolved)
                .sslSocketFactory(TlsSettings.context(trust).getSocketFactory(), trust)
                .callTimeout(timeout)
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .fastFallback(false)
                .proxy(Proxy.NO_PROXY)
                .authenticator(Authenticator.NONE)
                .proxyAuthenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .protocols(List.of(Protocol.HTTP_1_1))
                .dispatcher(new Dispatcher())
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS));
        if (!tls.verified()) {
            HostnameVerifier any = (host, session) -> true;
            builder.hostnameVerifier(any);
        }
        return builder.build();
    }

    /** A name behind a tunnel means what it means there; the socket asks for it by name. */
    private static List<InetAddress> unresolved(String host) throws UnknownHostException {
        return List.of(InetAddress.getByAddress(host, new byte[4]));
    }

    /** {@return the client itself, for what the methods here do not cover} */
    public OkHttpClient client() {
        return client;
    }

    /**
     * Sends a request and reads the answer.
     *
     * @param maxBytes how long the answer's body may be
     * @throws AnswerTooLongException if it is longer
     * @throws IOException if no answer comes in time
     */
    public HttpAnswer send(Request request, long maxBytes) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return HttpAnswer.read(response, maxBytes);
        }
    }

    /**
     * Parses a URL of a config.
     *
     * @param field the field that it stands in
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if it is none, or holds a user, a query or a
     *     fragment
     */
    public static HttpUrl url(String field, String text) {
        HttpUrl url = HttpUrl.parse(text);
        if (url == null
                || !url.username().isEmpty()
                || !url.password().isEmpty()
                || url.query() != null
                || url.fragment() != null) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    field + " must be a URL with http or https, and without user, query and fragment");
        }
        return url;
    }

    /** Closes all connections, also those in use. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }
}
