package dev.headwater.core.internal;

import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The connectors of a registry, by kind. */
public final class Connectors {

    private final Map<String, Connector> byKind;

    /** @throws IllegalArgumentException if two connectors serve one kind */
    public Connectors(Collection<Connector> connectors) {
        Map<String, Connector> map = new TreeMap<>();
        for (Connector connector : connectors) {
            for (String kind : connector.kinds()) {
                Connector other = map.put(kind, connector);
                if (other != null) {
                    throw new IllegalArgumentException("two connectors serve the kind " + kind + ": "
                            + other.getClass().getName() + " and "
                            + connector.getClass().getName());
                }
            }
        }
        this.byKind = Collections.unmodifiableMap(map);
    }

    /** {@return whether one serves the kind} */
    public boolean serves(String kind) {
        return byKind.containsKey(kind);
    }

    /** {@return whether there are none} */
    public boolean isEmpty() {
        return byKind.isEmpty();
    }

    /** @throws ConnectorException with {@link FailureCode#CONNECTOR_MISSING} if none serves the kind */
    public Connector forKind(String kind) {
        Connector connector = byKind.get(kind);
        if (connector == null) {
            throw new ConnectorException(
                    FailureCode.CONNECTOR_MISSING,
                    "no connector for kind " + kind + " is registered; registered are: " + byKind.keySet());
        }
        return connector;
    }
}
