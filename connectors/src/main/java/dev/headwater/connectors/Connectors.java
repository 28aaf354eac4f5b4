package dev.headwater.connectors;

import dev.headwater.connectors.internal.JdbcConnector;
import dev.headwater.connectors.internal.duckdb.DuckDbKind;
import dev.headwater.connectors.internal.kafka.KafkaConnector;
import dev.headwater.connectors.internal.mongodb.MongoConnector;
import dev.headwater.connectors.internal.postgresql.PostgresKind;
import dev.headwater.spi.Connector;
import java.util.List;

/**
 * The connectors that Headwater brings. Making one loads no driver and does no I/O; a driver is loaded when its kind is
 * first used. All connectors are safe for use by many threads.
 */
public final class Connectors {

    private Connectors() {}

    /** {@return a connector for each kind that this version serves} */
    public static List<Connector> all() {
        return List.of(postgresql(), duckdb(), kafka(), mongodb());
    }

    /** PostgreSQL (kind {@code postgresql}), with the driver {@code org.postgresql:postgresql}. */
    public static Connector postgresql() {
        return new JdbcConnector(new PostgresKind());
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
        return new KafkaConnector();
    }

    /** MongoDB (kind {@code mongodb}), with {@code org.mongodb:mongodb-driver-sync}, whose {@code MongoClient} is its client. */
    public static Connector mongodb() {
        return new MongoConnector();
    }
}
