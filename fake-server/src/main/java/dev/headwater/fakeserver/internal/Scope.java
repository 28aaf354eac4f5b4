package dev.headwater.fakeserver.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What nothing crosses: Chalk's environment, Basedash's organization, the data sources that a DataBrain token may see. Safe
 * for use by many threads.
 */
public final class Scope {

    private final String id;
    private final String name;
    private final Map<String, FakeSource> sources = new LinkedHashMap<>();
    private final Map<String, Object> attachments = new LinkedHashMap<>();

    Scope(String id, String name) {
        this.id = id;
        this.name = name;
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** Runs what must see no change by others; keep it short, and do not block in it. */
    public synchronized <T> T atomically(Supplier<T> work) {
        return work.get();
    }

    /** {@return all data sources, in the order in which they were made} */
    public synchronized List<FakeSource> sources() {
        return new ArrayList<>(sources.values());
    }

    public synchronized Optional<FakeSource> find(String sourceId) {
        return Optional.ofNullable(sources.get(sourceId));
    }

    /**
     * Adds a data source, or puts another state of it in its place.
     *
     * @return it
     */
    public synchronized FakeSource put(FakeSource source) {
        sources.put(source.id(), source);
        return source;
    }

    /** {@return whether it was there} */
    public synchronized boolean remove(String sourceId) {
        return sources.remove(sourceId) != null;
    }

    /** {@return what a face keeps here beside data sources, made when first asked for; forgotten with a reset} */
    public synchronized <T> T attachment(Class<T> type, Supplier<T> make) {
        return type.cast(attachments.computeIfAbsent(type.getName(), any -> make.get()));
    }
}
