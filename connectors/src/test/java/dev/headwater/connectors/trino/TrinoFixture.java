package dev.headwater.connectors.trino;

import dev.headwater.connectors.KindFixture;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A schema of its own on the Trino of the tests. */
public final class TrinoFixture implements KindFixture {

    private static boolean filled;

    @Override
    public String kind() {
        return "trino";
    }

    @Override
    public Map<String, Object> workingConfig() {
        fill();
        return TrinoProcess.get().config("contract");
    }

    private static synchronized void fill() {
        if (!filled) {
            TrinoProcess.get()
                    .run(
                            "create schema contract",
                            "create table contract.a (id bigint, note varchar(20)) comment 'All notes'",
                            "create table contract.b (x integer)");
            filled = true;
        }
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                "contract",
                "a",
                TableType.TABLE,
                "All notes",
                List.of(
                        new ColumnSchema("id", "bigint", CanonicalType.INTEGER, true, null),
                        new ColumnSchema("note", "varchar(20)", CanonicalType.TEXT, true, null)),
                List.of());
    }

    @Override
    public Optional<Map<String, Object>> missingDatabase() {
        return Optional.of(Map.of("catalog", "not_there"));
    }
}
