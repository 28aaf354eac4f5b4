package dev.headwater.core.internal;

import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.Deployment;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.PageQuery;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All data sources of an environment as they were deployed, in memory.
 *
 * @param deployment the deployment; null if there was none yet
 */
public record Deployed(
        @Nullable Deployment deployment,
        Map<DataSourceId, DataSourceRecord> byId,
        Map<String, DataSourceRecord> byName) {

    /** Before the first deployment. */
    public static final Deployed NOTHING = new Deployed(null, Map.of(), Map.of());

    /** A deployment brings no more commits than that, or all is read anew. */
    private static final int MOST_COMMITS = 5_000;

    private static Deployed of(Deployment deployment, Map<DataSourceId, DataSourceRecord> byId) {
        Map<String, DataSourceRecord> byName = new HashMap<>();
        byId.values().forEach(record -> byName.put(record.name(), record));
        return new Deployed(deployment, Collections.unmodifiableMap(byId), Collections.unmodifiableMap(byName));
    }

    /** {@return the environment as the deployment has it} From the commits in between, if they are few and all there. */
    Deployed next(DataSourceStore store, Deployment next) {
        if (deployment != null && next.commit() - deployment.commit() <= MOST_COMMITS) {
            int count = (int) Math.max(0, next.commit() - deployment.commit());
            List<Commit> between =
                    count == 0 ? List.of() : store.commitsAfter(next.environment(), deployment.commit(), count);
            if (between.size() == count && (count == 0 || between.get(count - 1).number() == next.commit())) {
                return of(next, applied(between));
            }
        }
        return of(next, standing(store, next.environment(), next.commit()));
    }

    private Map<DataSourceId, DataSourceRecord> applied(List<Commit> commits) {
        Map<DataSourceId, DataSourceRecord> all = new TreeMap<>(byId);
        for (Commit commit : commits) {
            Change change = commit.change();
            if (change instanceof Change.Inserted inserted) {
                all.put(change.dataSource(), inserted.after());
            } else if (change instanceof Change.Updated updated) {
                all.put(change.dataSource(), updated.after());
            } else {
                all.remove(change.dataSource());
            }
        }
        return all;
    }

    /** {@return what stood right after a commit, by id in ascending order} */
    public static Map<DataSourceId, DataSourceRecord> standing(
            DataSourceStore store, EnvironmentId environment, long number) {
        Map<DataSourceId, DataSourceRecord> all = new TreeMap<>();
        DataSourceId after = null;
        List<DataSourceRecord> page;
        do {
            page = store.standingAt(environment, number, after, PageQuery.MAX_LIMIT);
            for (DataSourceRecord record : page) {
                all.put(record.id(), record);
                after = record.id();
            }
        } while (page.size() == PageQuery.MAX_LIMIT);
        return all;
    }
}
