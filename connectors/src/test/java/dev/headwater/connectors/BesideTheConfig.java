package dev.headwater.connectors;

import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.ResolvedConfig;
import java.util.Map;
import java.util.Set;

/**
 * Gives a connector what its fixture says of a test server and no kind has a field for, since a registry would refuse it:
 * where the stub of a cloud service is.
 */
final class BesideTheConfig implements Connector {

    static final String PREFIX = "test.";

    private final Connector connector;
    private final Map<String, Object> config;

    /** @param config the whole of what the fixture says */
    BesideTheConfig(Connector connector, Map<String, Object> config) {
        this.connector = connector;
        this.config = config;
    }

    private ConnectionTarget whole(ConnectionTarget target) {
        if (config.keySet().stream().noneMatch(key -> key.startsWith(PREFIX))) {
            return target;
        }
        return new ConnectionTarget(
                target.kind(),
                ResolvedConfig.of(config),
                target.policy(),
                target.hostKeys(),
                target.timeout(),
                target.cancellation());
    }

    @Override
    public Set<String> kinds() {
        return connector.kinds();
    }

    @Override
    public void reach(ConnectionTarget target) {
        connector.reach(whole(target));
    }

    @Override
    public ConnectorSession open(ConnectionTarget target) {
        return connector.open(whole(target));
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings settings) {
        return connector.client(whole(target), settings);
    }
}
