package dev.headwater.connectors.internal.mongodb;

import dev.headwater.connectors.internal.Artifacts;
import dev.headwater.connectors.internal.Failures;
import dev.headwater.connectors.internal.net.Passage;
import dev.headwater.connectors.internal.net.SocketGate;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorSession;
import java.io.IOException;
import java.util.Set;

/** The connector of MongoDB. Safe for use by many threads. */
public final class MongoConnector implements Connector {

    private static final String ARTIFACT = "org.mongodb:mongodb-driver-sync";

    @Override
    public Set<String> kinds() {
        return Set.of("mongodb");
    }

    @Override
    public void reach(ConnectionTarget target) {
        MongoSettings settings = MongoSettings.of(target.config());
        Failures.refuseCancelled(target);
        try (SocketGate gate = SocketGate.open(settings.endpoint(), Passage.direct(target))) {
            gate.connect().close();
        } catch (IOException e) {
            throw MongoFailures.translate(target, "reach " + settings.endpoint(), e);
        }
    }

    @Override
    public ConnectorSession open(ConnectionTarget target) {
        MongoSettings settings = MongoSettings.of(target.config());
        Artifacts.require("driver", "org.bson.BsonDocument", ARTIFACT);
        Failures.refuseCancelled(target);
        settings.warnOfPlainText();
        try {
            MongoConnection connection = MongoConnection.open(settings, target);
            if (target.cancellation().cancelled()) {
                // Who waited has gone, so nobody would close the session.
                connection.close();
                Failures.refuseCancelled(target);
            }
            return new MongoSession(target, connection);
        } catch (IOException | RuntimeException e) {
            throw MongoFailures.translate(target, "log in to " + settings.endpoint(), e);
        }
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings client) {
        MongoSettings settings = MongoSettings.of(target.config());
        Artifacts.require("driver", "com.mongodb.client.MongoClient", ARTIFACT);
        Failures.refuseCancelled(target);
        settings.warnOfPlainText();
        return new MongoPool(settings, target, client);
    }
}
