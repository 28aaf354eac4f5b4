package dev.headwater.spi;

import java.util.List;

/**
 * The tables that a session read.
 *
 * @param tables the tables
 * @param truncated whether there are more than were asked for
 */
public record TableList(List<TableSchema> tables, boolean truncated) {

    public TableList {
        tables = List.copyOf(tables);
    }
}
