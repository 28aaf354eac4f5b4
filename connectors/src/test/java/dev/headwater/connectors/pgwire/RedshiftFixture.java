package dev.headwater.connectors.pgwire;

import dev.headwater.connectors.KindFixture;
import dev.headwater.connectors.PostgresServer;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;

/** The stand-in for Redshift, with some tables. */
public final class RedshiftFixture implements KindFixture {

    private static boolean filled;

    @Override
    public String kind() {
        return "redshift";
    }

    @Override
    public Map<String, Object> workingConfig() {
        Map<String, Object> config = RedshiftStandIn.get().config();
        fill();
        return config;
    }

    static synchronized void fill() {
        if (filled) {
            return;
        }
        RedshiftStandIn.get();
        PostgresServer.get()
                .run(
                        "redshift",
                        "set role redshift",
                        "create schema sales",
                        "create table sales.orders (id bigint, region varchar(20) not null, total numeric(12,2),"
                                + " primary key (region, id))",
                        "comment on table sales.orders is 'All orders'",
                        "comment on column sales.orders.total is 'In euro'",
                        "alter table sales.orders add column dropped int",
                        "alter table sales.orders drop column dropped",
                        "alter table sales.orders add column at timestamp with time zone",
                        "create view sales.big as select * from sales.orders where total > 1000",
                        "reset role",
                        "create table sales.not_yours (a int)",
                        "create schema hidden",
                        "create table hidden.secret_table (a int)",
                        "grant select on hidden.secret_table to redshift");
        filled = true;
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                "sales",
                "orders",
                TableType.TABLE,
                "All orders",
                List.of(
                        new ColumnSchema("id", "bigint", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("region", "character varying(20)", CanonicalType.TEXT, false, null),
                        new ColumnSchema("total", "numeric(12,2)", CanonicalType.DECIMAL, true, "In euro"),
                        new ColumnSchema(
                                "at", "timestamp with time zone", CanonicalType.TIMESTAMP_WITH_ZONE, true, null)),
                List.of("region", "id"));
    }
}
