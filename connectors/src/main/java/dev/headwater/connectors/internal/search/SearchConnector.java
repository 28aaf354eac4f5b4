package dev.headwater.connectors.internal.search;

import dev.headwater.connectors.internal.Failures;
import dev.headwater.connectors.internal.http.GatedHttp;
import dev.headwater.connectors.internal.net.Passage;
import dev.headwater.connectors.internal.net.SocketGate;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorSession;
import java.io.IOException;
import java.util.Set;

/** The connector of one of the two kinds of search servers. Safe for use by many threads. */
public final class SearchConnector implements Connector {

    private final String kind;

    /** @param kind {@code elasticsearch} or {@code opensearch} */
    public SearchConnector(String kind) {
        this.kind = kind;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(kind);
    }

    @Override
    public void reach(ConnectionTarget target) {
        SearchSettings settings = SearchSettings.of(kind, target.config());
        Failures.refuseCancelled(target);
        try (SocketGate gate = SocketGate.open(settings.endpoint(), Passage.direct(target))) {
            gate.connect().close();
        } catch (IOException e) {
            throw SearchFailures.translate(target, "reach " + settings.endpoint(), e);
        }
    }

    @Override
    public ConnectorSession open(ConnectionTarget target) {
        SearchSettings settings = SearchSettings.of(kind, target.config());
        GatedHttp.requireOkHttp();
        Failures.refuseCancelled(target);
        SearchSession session = new SearchSession(settings, target, new SearchHttp(settings, target));
        try {
            session.logIn();
            Failures.refuseCancelled(target);
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings client) {
        SearchSettings settings = SearchSettings.of(kind, target.config());
        GatedHttp.requireOkHttp();
        Failures.refuseCancelled(target);
        return new SearchPool(settings, target, client);
    }
}
