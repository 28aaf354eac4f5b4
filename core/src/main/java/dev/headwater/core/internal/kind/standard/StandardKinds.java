package dev.headwater.core.internal.kind.standard;

import dev.headwater.spi.KindDefinition;
import java.util.List;

/** All kinds that Headwater brings, in the order of the reference. */
public final class StandardKinds {

    private StandardKinds() {}

    /** {@return the 28 kinds} */
    public static List<KindDefinition> all() {
        return List.of(
                PostgresFamily.postgresql(),
                PostgresFamily.redshift(),
                PostgresFamily.cockroachdb(),
                PostgresFamily.supabase(),
                MysqlFamily.mysql(),
                MysqlFamily.planetscale(),
                MysqlFamily.singlestore(),
                OtherDatabases.mssql(),
                OtherDatabases.oracle(),
                OtherDatabases.mongodb(),
                OtherDatabases.clickhouse(),
                Warehouses.snowflake(),
                Google.bigquery(),
                Google.spanner(),
                Warehouses.databricks(),
                Warehouses.athena(),
                OtherDatabases.trino(),
                StreamsAndStores.dynamodb(),
                StreamsAndStores.kafka(),
                StreamsAndStores.kinesis(),
                Google.pubsub(),
                Search.elasticsearch(),
                Search.opensearch(),
                OtherDatabases.firebolt(),
                StreamsAndStores.s3(),
                OtherDatabases.csv(),
                OtherDatabases.posthog(),
                OtherDatabases.duckdb());
    }
}
