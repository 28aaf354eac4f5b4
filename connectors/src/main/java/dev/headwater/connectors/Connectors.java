package dev.headwater.connectors;

import dev.headwater.connectors.internal.JdbcConnector;
import dev.headwater.connectors.internal.athena.AthenaKind;
import dev.headwater.connectors.internal.aws.AwsConnector;
import dev.headwater.connectors.internal.bigquery.BigQueryKind;
import dev.headwater.connectors.internal.clickhouse.ClickhouseKind;
import dev.headwater.connectors.internal.databricks.DatabricksKind;
import dev.headwater.connectors.internal.duckdb.DuckDbKind;
import dev.headwater.connectors.internal.dynamodb.DynamoDbKind;
import dev.headwater.connectors.internal.files.CsvConnector;
import dev.headwater.connectors.internal.firebolt.FireboltKind;
import dev.headwater.connectors.internal.kafka.KafkaConnector;
import dev.headwater.connectors.internal.kinesis.KinesisKind;
import dev.headwater.connectors.internal.mongodb.MongoConnector;
import dev.headwater.connectors.internal.mssql.MssqlKind;
import dev.headwater.connectors.internal.mysql.MysqlKind;
import dev.headwater.connectors.internal.oracle.OracleKind;
import dev.headwater.connectors.internal.postgresql.CockroachKind;
import dev.headwater.connectors.internal.postgresql.PostgresKind;
import dev.headwater.connectors.internal.postgresql.SupabaseKind;
import dev.headwater.connectors.internal.posthog.PostHogKind;
import dev.headwater.connectors.internal.pubsub.PubSubKind;
import dev.headwater.connectors.internal.redshift.RedshiftKind;
import dev.headwater.connectors.internal.rest.RestConnector;
import dev.headwater.connectors.internal.s3.S3Kind;
import dev.headwater.connectors.internal.search.SearchConnector;
import dev.headwater.connectors.internal.snowflake.SnowflakeKind;
import dev.headwater.connectors.internal.spanner.SpannerKind;
import dev.headwater.connectors.internal.trino.TrinoKind;
import dev.headwater.spi.Connector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The connectors that Headwater brings. Making one loads no driver and does no I/O; a driver is loaded when its kind is
 * first used. All connectors are safe for use by many threads.
 */
public final class Connectors {

    private Connectors() {}

    /** {@return a connector for each kind that this version serves} */
    public static List<Connector> all() {
        return List.of(
                postgresql(),
                duckdb(),
                kafka(),
                mongodb(),
                supabase(),
                cockroachdb(),
                redshift(),
                mysql(),
                planetscale(),
                singlestore(),
                dynamodb(),
                s3(),
                kinesis(),
                athena(),
                csv(),
                elasticsearch(),
                opensearch(),
                trino(),
                mssql(),
                clickhouse(),
                snowflake(),
                oracle(),
                bigquery(),
                firebolt(),
                posthog(),
                pubsub(),
                spanner(),
                databricks());
    }

    /**
     * {@return the connectors of {@link #all}, but those given for the kinds that they serve}
     *
     * @param instead such as {@link #csv(Path)} or {@link #awsWithProcessCredentials()}, or connectors of the host's own
     */
    public static List<Connector> allWith(Collection<? extends Connector> instead) {
        Set<String> served = instead.stream()
                .flatMap(connector -> connector.kinds().stream())
                .collect(Collectors.toSet());
        List<Connector> connectors = new ArrayList<>(instead);
        all().stream()
                .filter(connector -> Collections.disjoint(connector.kinds(), served))
                .forEach(connectors::add);
        return List.copyOf(connectors);
    }

    /** PostgreSQL (kind {@code postgresql}), with the driver {@code org.postgresql:postgresql}. */
    public static Connector postgresql() {
        return new JdbcConnector(new PostgresKind());
    }

    /**
     * PostgreSQL, with data sources that may log in to Amazon RDS as this process is known to AWS ({@code aws_iam_auth}):
     * whoever may write a data source can then reach what this process may. Needs {@code software.amazon.awssdk:sts} and
     * {@code com.squareup.okhttp3:okhttp-jvm}. Register it, or {@link #postgresql()}, not both.
     */
    public static Connector postgresqlWithProcessCredentials() {
        return new JdbcConnector(new PostgresKind(true));
    }

    /** Supabase (kind {@code supabase}), with the driver {@code org.postgresql:postgresql}. */
    public static Connector supabase() {
        return new JdbcConnector(new SupabaseKind());
    }

    /** CockroachDB (kind {@code cockroachdb}), with the driver {@code org.postgresql:postgresql}. */
    public static Connector cockroachdb() {
        return new JdbcConnector(new CockroachKind());
    }

    /** Amazon Redshift (kind {@code redshift}), with the driver {@code com.amazon.redshift:redshift-jdbc42}. */
    public static Connector redshift() {
        return new JdbcConnector(new RedshiftKind());
    }

    /** MySQL and MariaDB (kind {@code mysql}), with the driver {@code org.mariadb.jdbc:mariadb-java-client}. */
    public static Connector mysql() {
        return new JdbcConnector(MysqlKind.mysql());
    }

    /** PlanetScale (kind {@code planetscale}), with the driver {@code org.mariadb.jdbc:mariadb-java-client}. */
    public static Connector planetscale() {
        return new JdbcConnector(MysqlKind.planetScale());
    }

    /** SingleStore (kind {@code singlestore}), with the driver {@code org.mariadb.jdbc:mariadb-java-client}. */
    public static Connector singlestore() {
        return new JdbcConnector(MysqlKind.singleStore());
    }

    /** DuckDB (kind {@code duckdb}), with the driver {@code org.duckdb:duckdb_jdbc}. */
    public static Connector duckdb() {
        return new JdbcConnector(new DuckDbKind());
    }

    /**
     * Apache Kafka (kind {@code kafka}). Its client is a {@link KafkaClients}, which needs {@code
     * org.apache.kafka:kafka-clients}; tests, schemas and previews do without.
     */
    public static Connector kafka() {
        return new KafkaConnector(false);
    }

    /**
     * Kafka, with data sources that may log in to Amazon MSK as this process is known to AWS ({@code msk_iam_auth}): whoever may
     * write a data source can then reach what this process may. Needs {@code software.amazon.awssdk:sts} and {@code
     * com.squareup.okhttp3:okhttp-jvm}. Register it, or {@link #kafka()}, not both.
     */
    public static Connector kafkaWithProcessCredentials() {
        return new KafkaConnector(true);
    }

    /** MongoDB (kind {@code mongodb}), with {@code org.mongodb:mongodb-driver-sync}, whose {@code MongoClient} is its client. */
    public static Connector mongodb() {
        return new MongoConnector();
    }

    /**
     * Amazon DynamoDB (kind {@code dynamodb}). Its client is the SDK's {@code DynamoDbClient}. Needs {@code
     * software.amazon.awssdk:dynamodb}, {@code software.amazon.awssdk:sts} and {@code com.squareup.okhttp3:okhttp-jvm}, as
     * the other kinds of AWS do with their own part of the SDK.
     */
    public static Connector dynamodb() {
        return new AwsConnector<>(new DynamoDbKind(), false);
    }

    /**
     * Files in a bucket of Amazon S3 (kind {@code s3}). Its client is the SDK's {@code S3Client}. Columns of CSV files need
     * {@code de.siegmar:fastcsv}, those of Parquet files {@code org.apache.parquet:parquet-format-structures}.
     */
    public static Connector s3() {
        return new AwsConnector<>(new S3Kind(), false);
    }

    /** A stream of Amazon Kinesis (kind {@code kinesis}). Its client is the SDK's {@code KinesisClient}. */
    public static Connector kinesis() {
        return new AwsConnector<>(new KinesisKind(), false);
    }

    /** Amazon Athena (kind {@code athena}). Its client is the SDK's {@code AthenaClient}. */
    public static Connector athena() {
        return new AwsConnector<>(new AthenaKind(), false);
    }

    /**
     * The connectors of AWS for an application whose customers may use its own credentials: a config without an access key
     * works with those of this process, and may assume every role that trusts it. The others refuse such a config.
     * Register them by {@link #allWith}.
     */
    public static List<Connector> awsWithProcessCredentials() {
        return List.of(
                new AwsConnector<>(new DynamoDbKind(), true),
                new AwsConnector<>(new S3Kind(), true),
                new AwsConnector<>(new KinesisKind(), true),
                new AwsConnector<>(new AthenaKind(), true));
    }

    /** CSV files (kind {@code csv}), all refused: see {@link #csv(Path)} and {@link #allWith}. */
    public static Connector csv() {
        return new CsvConnector(null);
    }

    /**
     * CSV files below one directory. Its client is the {@link Path} of the source. Columns need {@code de.siegmar:fastcsv}.
     *
     * @param directory where all files lie; paths and links that lead out of it are refused
     */
    public static Connector csv(Path directory) {
        return new CsvConnector(directory);
    }

    /** Elasticsearch (kind {@code elasticsearch}), with {@code com.squareup.okhttp3:okhttp-jvm}. Its client is a {@link SearchClient}. */
    public static Connector elasticsearch() {
        return new SearchConnector("elasticsearch");
    }

    /** OpenSearch (kind {@code opensearch}), with {@code com.squareup.okhttp3:okhttp-jvm}. Its client is a {@link SearchClient}. */
    public static Connector opensearch() {
        return new SearchConnector("opensearch");
    }

    /** Trino (kind {@code trino}), with the driver {@code io.trino:trino-jdbc}. */
    public static Connector trino() {
        return new JdbcConnector(new TrinoKind());
    }

    /** Microsoft SQL Server and Azure SQL (kind {@code mssql}), with the driver {@code com.microsoft.sqlserver:mssql-jdbc}. */
    public static Connector mssql() {
        return new JdbcConnector(new MssqlKind(false));
    }

    /**
     * SQL Server, with data sources that may log in to Azure SQL as the managed identity of this process (neither {@code
     * username} nor {@code client_id}): whoever may write a data source can then reach what this process may. Needs {@code
     * com.azure:azure-identity}. Register it, or {@link #mssql()}, not both.
     */
    public static Connector mssqlWithProcessCredentials() {
        return new JdbcConnector(new MssqlKind(true));
    }

    /** ClickHouse (kind {@code clickhouse}), with the driver {@code com.clickhouse:clickhouse-jdbc}. */
    public static Connector clickhouse() {
        return new JdbcConnector(new ClickhouseKind());
    }

    /** Snowflake (kind {@code snowflake}), with the driver {@code net.snowflake:snowflake-jdbc}. */
    public static Connector snowflake() {
        return new JdbcConnector(new SnowflakeKind());
    }

    /** Oracle Database (kind {@code oracle}), with the driver {@code com.oracle.database.jdbc:ojdbc17}. */
    public static Connector oracle() {
        return new JdbcConnector(new OracleKind());
    }

    /**
     * Google BigQuery (kind {@code bigquery}), over HTTP with {@code com.squareup.okhttp3:okhttp-jvm}. The client that it hands
     * out is a {@code com.google.cloud.bigquery.BigQuery} of {@code com.google.cloud:google-cloud-bigquery}.
     */
    public static Connector bigquery() {
        return new RestConnector("bigquery", () -> new BigQueryKind());
    }

    /**
     * Firebolt (kind {@code firebolt}), over HTTP with {@code com.squareup.okhttp3:okhttp-jvm}. The client that it hands out is a
     * {@link QueryClient} for SQL.
     */
    public static Connector firebolt() {
        return new RestConnector("firebolt", () -> new FireboltKind());
    }

    /**
     * PostHog (kind {@code posthog}), over HTTP with {@code com.squareup.okhttp3:okhttp-jvm}. The client that it hands out is a
     * {@link QueryClient} for HogQL.
     */
    public static Connector posthog() {
        return new RestConnector("posthog", () -> new PostHogKind());
    }

    /**
     * Google Pub/Sub (kind {@code pubsub}), over HTTP with {@code com.squareup.okhttp3:okhttp-jvm}. The client that it hands out
     * is a {@code com.google.cloud.pubsub.v1.SubscriptionAdminClient} of {@code com.google.cloud:google-cloud-pubsub}.
     */
    public static Connector pubsub() {
        return new RestConnector("pubsub", () -> new PubSubKind(false));
    }

    /**
     * Pub/Sub and Spanner for an application whose customers may use its own identity: a config without a key works as this
     * process is known to Google, by {@code GOOGLE_APPLICATION_CREDENTIALS} or by the metadata server of its machine, which is
     * asked past the network policy. The others refuse such a config. BigQuery always takes a key. Register them by
     * {@link #allWith}.
     */
    public static List<Connector> googleWithProcessCredentials() {
        return List.of(
                new RestConnector("pubsub", () -> new PubSubKind(true)),
                new RestConnector("spanner", () -> new SpannerKind(true)));
    }

    /**
     * Google Cloud Spanner (kind {@code spanner}), over HTTP with {@code com.squareup.okhttp3:okhttp-jvm}. The client that it
     * hands out is a {@link QueryClient} for SQL.
     */
    public static Connector spanner() {
        return new RestConnector("spanner", () -> new SpannerKind(false));
    }

    /**
     * Databricks (kind {@code databricks}), over HTTP with {@code com.squareup.okhttp3:okhttp-jvm}. Pools are of the vendor's driver,
     * {@code com.databricks:databricks-jdbc}.
     */
    public static Connector databricks() {
        return new RestConnector("databricks", () -> new DatabricksKind());
    }
}
