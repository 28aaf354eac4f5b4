package dev.headwater.connectors.clickhouse;

import dev.headwater.connectors.KindFixture;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stub of ClickHouse, over HTTPS. */
public final class ClickhouseFixture implements KindFixture {

    private static ClickhouseStub server;

    static synchronized ClickhouseStub server() {
        if (server == null) {
            server = ClickhouseStub.start(TestCertificates.trusted());
        }
        return server;
    }

    @Override
    public String kind() {
        return "clickhouse";
    }

    @Override
    public Map<String, Object> workingConfig() {
        return config(server());
    }

    static Map<String, Object> config(ClickhouseStub server) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("host", TestCertificates.SERVER_NAME);
        config.put("port", (long) server.port());
        config.put("database", ClickhouseStub.DATABASE);
        config.put("username", ClickhouseStub.USER);
        config.put("password", SecretValue.of(ClickhouseStub.PASSWORD));
        // The stub does not compress.
        config.put("extraProperties.compress", "false");
        return config;
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                ClickhouseStub.DATABASE,
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
