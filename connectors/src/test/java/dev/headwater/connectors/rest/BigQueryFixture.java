package dev.headwater.connectors.rest;

import dev.headwater.connectors.KindFixture;
import dev.headwater.connectors.internal.bigquery.BigQueryKind;
import dev.headwater.connectors.internal.rest.RestConnector;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.Connector;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stub of BigQuery. The connector is the real one, told where the stub is. */
public final class BigQueryFixture implements KindFixture {

    @Override
    public String kind() {
        return "bigquery";
    }

    @Override
    public Connector connector() {
        return new RestConnector(new BigQueryKind(GoogleStub.api()));
    }

    @Override
    public Map<String, Object> workingConfig() {
        return BigQueryStub.get().google().config();
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                GoogleStub.PROJECT,
                "sales",
                "orders",
                TableType.TABLE,
                "Who \"bought\"\nwhat",
                List.of(
                        new ColumnSchema("id", "INT64", CanonicalType.INTEGER, false, "The number"),
                        new ColumnSchema(
                                "buyer",
                                "STRUCT<name STRING, address STRUCT<city STRING(20)>>",
                                CanonicalType.STRUCT,
                                true,
                                null),
                        new ColumnSchema("buyer.address", "STRUCT<city STRING(20)>", CanonicalType.STRUCT, true, null),
                        new ColumnSchema("buyer.address.city", "STRING(20)", CanonicalType.TEXT, true, "Town"),
                        new ColumnSchema("buyer.name", "STRING", CanonicalType.TEXT, true, null)),
                List.of("id"));
    }

    @Override
    public Optional<Map<String, Object>> wrongCredentials(String secret) {
        return Optional.of(BigQueryStub.get().google().wrongCredentials(secret));
    }

    @Override
    public Optional<Map<String, Object>> missingDatabase() {
        return Optional.of(Map.of("dataset", "not_there"));
    }

    @Override
    public Optional<Map<String, Object>> atPort(int port) {
        return Optional.of(GoogleStub.at(port));
    }
}
