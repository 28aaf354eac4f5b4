package dev.headwater.connectors.snowflake;

import dev.headwater.connectors.KindFixture;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.connectors.internal.JdbcConnector;
import dev.headwater.connectors.internal.snowflake.StubbedSnowflakeKind;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.Connector;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The stub of Snowflake; the connector is that of the kind, but for where it finds the service. */
public final class SnowflakeFixture implements KindFixture {

    /** Held, since loggers that nobody holds are forgotten. */
    private static final Logger DRIVER_LOG = Logger.getLogger("net.snowflake.client");

    private static SnowflakeStub server;

    static synchronized SnowflakeStub server() {
        if (server == null) {
            // It tells of each failure at length, and of each login.
            DRIVER_LOG.setLevel(Level.OFF);
            server = SnowflakeStub.start(TestCertificates.trusted());
        }
        return server;
    }

    @Override
    public String kind() {
        return "snowflake";
    }

    @Override
    public Connector connector() {
        return new JdbcConnector(new StubbedSnowflakeKind());
    }

    @Override
    public Map<String, Object> workingConfig() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("account", StubbedSnowflakeKind.account(server().port()));
        config.put("warehouse", "WH");
        config.put("database", SnowflakeStub.DATABASE);
        config.put("username", SnowflakeStub.USER);
        config.put("password", SecretValue.of(SnowflakeStub.PASSWORD));
        return config;
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                "SALES",
                "BIG",
                TableType.VIEW,
                null,
                List.of(new ColumnSchema("ID", "NUMBER(38,0)", CanonicalType.INTEGER, true, null)),
                List.of());
    }

    @Override
    public Optional<Map<String, Object>> missingDatabase() {
        return Optional.of(Map.of("database", "NOT_THERE"));
    }

    @Override
    public Optional<Map<String, Object>> atPort(int port) {
        return Optional.of(Map.of("account", StubbedSnowflakeKind.account(port)));
    }
}
