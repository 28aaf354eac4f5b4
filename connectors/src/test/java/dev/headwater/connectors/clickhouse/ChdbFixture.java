package dev.headwater.connectors.clickhouse;

import dev.headwater.connectors.KindFixture;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;

/** A database of its own on the engine of ClickHouse, over HTTPS and with the driver's compression. */
final class ChdbFixture implements KindFixture {

    private static boolean filled;

    @Override
    public String kind() {
        return "clickhouse";
    }

    @Override
    public Map<String, Object> workingConfig() {
        fill();
        return ChdbServer.get().config("contract");
    }

    private static synchronized void fill() {
        if (!filled) {
            ChdbServer.get()
                    .run(
                            "create database contract",
                            """
                            create table contract.orders (
                                id UInt64,
                                region LowCardinality(String),
                                total Nullable(Decimal(12, 2)) comment 'In euro',
                                made DateTime64(3, 'UTC')
                            ) engine = MergeTree order by (region, id) comment 'All orders'
                            """,
                            "create view contract.big as select id from contract.orders where total > 1000");
            filled = true;
        }
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                "contract",
                "orders",
                TableType.TABLE,
                "All orders",
                List.of(
                        new ColumnSchema("id", "UInt64", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("region", "LowCardinality(String)", CanonicalType.TEXT, false, null),
                        new ColumnSchema("total", "Nullable(Decimal(12, 2))", CanonicalType.DECIMAL, true, "In euro"),
                        new ColumnSchema(
                                "made", "DateTime64(3, 'UTC')", CanonicalType.TIMESTAMP_WITH_ZONE, false, null)),
                List.of("region", "id"));
    }
}
