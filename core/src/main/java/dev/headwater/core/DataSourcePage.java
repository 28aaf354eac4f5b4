package dev.headwater.core;

import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.PageQuery;
import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param items the data sources, by name in ascending order
 * @param next the query that reads the next page; empty if this was the last
 */
public record DataSourcePage(List<DataSourceRecord> items, Optional<PageQuery> next) {

    public DataSourcePage {
        items = List.copyOf(items);
    }
}
