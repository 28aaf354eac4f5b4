package dev.headwater.connectors.internal.rest;

import dev.headwater.connectors.internal.http.GatedHttp;
import dev.headwater.connectors.internal.net.TlsSettings;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import okhttp3.OkHttpClient;

/** A client over HTTP whose sockets the policy holds; closing it closes them. */
public final class GatedClient implements ConnectorClient {

    private final GatedHttp http;
    private final Cancellation sockets;
    private final Object client;

    private GatedClient(GatedHttp http, Cancellation sockets, Object client) {
        this.http = http;
        this.sockets = sockets;
        this.client = client;
    }

    /**
     * Makes a client. Does no I/O.
     *
     * @param target its timeout bounds each connect; calls and their answers have the bounds that their maker gives them
     * @param maker makes the client that a host works with, from the HTTP client, and the target for what else it needs: it is
     *     cancelled when the client is closed
     */
    public static GatedClient of(ConnectionTarget target, BiFunction<OkHttpClient, ConnectionTarget, Object> maker) {
        Cancellation sockets = new Cancellation();
        ConnectionTarget own = new ConnectionTarget(
                target.kind(), target.config(), target.policy(), target.hostKeys(), target.timeout(), sockets);
        GatedHttp http = GatedHttp.open(own, TlsSettings.VERIFIED);
        OkHttpClient unbounded = http.client()
                .newBuilder()
                .callTimeout(Duration.ZERO)
                .connectTimeout(http.client().callTimeoutMillis(), TimeUnit.MILLISECONDS)
                .build();
        return new GatedClient(http, sockets, maker.apply(unbounded, own));
    }

    @Override
    public Object client() {
        return client;
    }

    /** {@return how many calls are under way} */
    @Override
    public int inUse() {
        return http.client().dispatcher().runningCallsCount();
    }

    @Override
    public void retire() {
        http.client().connectionPool().evictAll();
    }

    @Override
    public void close() {
        http.close();
        sockets.cancel();
    }
}
