package dev.headwater.connectors.internal.rest;

import dev.headwater.connectors.internal.Failures;
import dev.headwater.connectors.internal.http.GatedHttp;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.SocketGate;
import dev.headwater.connectors.internal.ssh.Passages;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.HttpUrl;

/** The connector of one kind with an HTTP API. Safe for use by many threads. */
public final class RestConnector implements Connector {

    private final String id;
    private final Supplier<RestKind> kind;

    public RestConnector(RestKind kind) {
        this(kind.id(), () -> kind);
    }

    /** @param kind makes the kind, which cannot be linked without OkHttp, when it is used; stateless */
    public RestConnector(String id, Supplier<RestKind> kind) {
        this.id = id;
        this.kind = kind;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(id);
    }

    /** Connects to the API, with TLS. */
    @Override
    public void reach(ConnectionTarget target) {
        GatedHttp.requireOkHttp();
        HttpUrl site = site(target);
        Endpoint endpoint = Endpoint.of(site.host(), site.port());
        try (SocketGate gate = SocketGate.open(endpoint, Passages.of(target));
                Socket socket = gate.connect()) {
            if (site.isHttps()) {
                shakeHands(socket, endpoint);
            }
        } catch (IOException e) {
            throw Failures.translate(
                    (cause, config) -> null, target.config(), target.cancellation(), "reach " + endpoint, e);
        }
    }

    private static void shakeHands(Socket socket, Endpoint endpoint) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (SSLSocket tls = (SSLSocket) factory.createSocket(socket, endpoint.host(), endpoint.port(), true)) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.startHandshake();
        }
    }

    @Override
    public ConnectorSession open(ConnectionTarget target) {
        GatedHttp.requireOkHttp();
        site(target);
        RestClient http = RestClient.of(target, kind.get()::refusal);
        ConnectorSession session;
        try {
            session = kind.get().open(target, http);
        } catch (RuntimeException e) {
            http.close();
            throw e;
        }
        if (target.cancellation().cancelled()) {
            // Who waited has gone, so nobody would close the session.
            session.close();
            throw new ConnectorException(FailureCode.CANCELLED, "cancelled");
        }
        return session;
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings settings) {
        GatedHttp.requireOkHttp();
        site(target);
        return kind.get().client(target, settings);
    }

    private HttpUrl site(ConnectionTarget target) {
        kind.get().extra().of(target.config());
        HttpUrl site = kind.get().site(target.config());
        Failures.refuseCancelled(target);
        return site;
    }
}
