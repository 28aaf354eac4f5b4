package dev.headwater.core.internal.kind.standard;

import dev.headwater.core.internal.kind.KnownKind;
import dev.headwater.spi.KindDefinition;
import java.util.List;
import java.util.function.Supplier;

/** All kinds that Headwater brings, in the order of the reference. */
public final class StandardKinds {

    private static final List<KnownKind> ALL = List.of(
            kind(PostgresFamily::postgresql, "postgresql", "postgres"),
            kind(PostgresFamily::redshift, "redshift"),
            kind(PostgresFamily::cockroachdb, "cockroachdb"),
            kind(PostgresFamily::supabase, "supabase"),
            kind(MysqlFamily::mysql, "mysql"),
            kind(MysqlFamily::planetscale, "planetscale"),
            kind(MysqlFamily::singlestore, "singlestore"),
            kind(OtherDatabases::mssql, "mssql", "SQL_SERVER"),
            kind(OtherDatabases::oracle, "oracle"),
            kind(OtherDatabases::mongodb, "mongodb"),
            kind(OtherDatabases::clickhouse, "clickhouse"),
            kind(Warehouses::snowflake, "snowflake"),
            kind(Google::bigquery, "bigquery"),
            kind(Google::spanner, "spanner"),
            kind(Warehouses::databricks, "databricks"),
            kind(Warehouses::athena, "athena"),
            kind(OtherDatabases::trino, "trino"),
            kind(StreamsAndStores::dynamodb, "dynamodb"),
            kind(StreamsAndStores::kafka, "kafka"),
            kind(StreamsAndStores::kinesis, "kinesis"),
            kind(Google::pubsub, "pubsub"),
            kind(Search::elasticsearch, "elasticsearch"),
            kind(Search::opensearch, "opensearch"),
            kind(OtherDatabases::firebolt, "firebolt"),
            kind(StreamsAndStores::s3, "s3", "awss3"),
            kind(OtherDatabases::csv, "csv"),
            kind(OtherDatabases::posthog, "posthog"),
            kind(OtherDatabases::duckdb, "duckdb"));

    private StandardKinds() {}

    /** {@return the 28 kinds; each is made when it is first asked for} */
    public static List<KnownKind> all() {
        return ALL;
    }

    /** @param names the id, and what systems call it where that is not the id, whatever the case of the letters */
    private static KnownKind kind(Supplier<KindDefinition> maker, String... names) {
        return new KnownKind(List.of(names), maker);
    }
}
