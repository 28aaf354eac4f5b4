package dev.headwater.core;

import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.Deployment;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An environment as it was last deployed: what is in use, whatever has been committed since. Immutable; what it shows was
 * decided by the access policy when it was read. Holds every record of the deployment in memory.
 */
public final class DeployedView {

    private final @Nullable Deployment deployment;
    private final Map<DataSourceId, DataSourceRecord> byId;
    private final Map<String, DataSourceRecord> byName;

    DeployedView(@Nullable Deployment deployment, Map<DataSourceId, DataSourceRecord> byId) {
        this.deployment = deployment;
        this.byId = Collections.unmodifiableMap(byId);
        this.byName = new LinkedHashMap<>();
        byId.values().forEach(record -> byName.put(record.name(), record));
    }

    /** {@return the deployment; empty if nothing was ever deployed} */
    public Optional<Deployment> deployment() {
        return Optional.ofNullable(deployment);
    }

    /** {@return the data source with the id, as deployed} */
    public Optional<DataSourceRecord> find(DataSourceId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** {@return the data source with the name, as deployed} */
    public Optional<DataSourceRecord> findByName(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** {@return all data sources, as deployed, by id in ascending order} */
    public Collection<DataSourceRecord> all() {
        return byId.values();
    }
}
