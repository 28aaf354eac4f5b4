package dev.headwater.core;

import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.PageQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads pages of what one caller may see. */
final class Pages {

    private final DataSourceStore store;
    private final EnvironmentId environment;
    private final Gate gate;

    Pages(DataSourceStore store, EnvironmentId environment, Gate gate) {
        this.store = store;
        this.environment = environment;
        this.gate = gate;
    }

    /** Reads until the page is full of what may be seen, or there is no more. */
    DataSourcePage page(PageQuery query) {
        List<DataSourceRecord> visible = new ArrayList<>();
        PageQuery next = query;
        while (true) {
            List<DataSourceRecord> read = store.page(environment, next);
            for (DataSourceRecord record : read) {
                if (gate.shows(record)) {
                    visible.add(record);
                }
                if (visible.size() == query.limit()) {
                    boolean more = read.size() == query.limit();
                    return new DataSourcePage(
                            visible, more ? Optional.of(query.after(record.name())) : Optional.empty());
                }
            }
            if (read.size() < query.limit()) {
                return new DataSourcePage(visible, Optional.empty());
            }
            next = query.after(read.get(read.size() - 1).name());
        }
    }

    Stream<DataSourceRecord> stream(PageQuery query) {
        return Stream.iterate(
                        Optional.of(page(query)),
                        Optional::isPresent,
                        page -> page.flatMap(DataSourcePage::next).map(this::page))
                .flatMap(page -> page.orElseThrow().items().stream());
    }
}
