package dev.headwater.core;

import dev.headwater.core.internal.Deployed;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.Deployment;
import java.util.Collection;
import java.util.Optional;

/**
 * An environment as it was deployed: what is in use, whatever has been committed since. Immutable: a later deployment is in
 * the view that is asked for after it, all of it at once. Shows what the access policy lets its caller read. Look-ups touch no
 * store and take no lock.
 */
public final class DeployedView {

    private final Deployed deployed;
    private final Gate gate;

    DeployedView(Deployed deployed, Gate gate) {
        this.deployed = deployed;
        this.gate = gate;
    }

    /** {@return the deployment; empty if nothing was ever deployed} */
    public Optional<Deployment> deployment() {
        return Optional.ofNullable(deployed.deployment());
    }

    /** {@return the data source with the id, as deployed} */
    public Optional<DataSourceRecord> find(DataSourceId id) {
        return Optional.ofNullable(deployed.byId().get(id)).filter(gate::shows);
    }

    /** {@return the data source with the name, as deployed} */
    public Optional<DataSourceRecord> findByName(String name) {
        return Optional.ofNullable(deployed.byName().get(name)).filter(gate::shows);
    }

    /** {@return all data sources, as deployed, by id in ascending order} */
    public Collection<DataSourceRecord> all() {
        return deployed.byId().values().stream().filter(gate::shows).toList();
    }
}
