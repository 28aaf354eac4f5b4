package dev.headwater.connectors.mssql;

import dev.headwater.connectors.KindFixture;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.connectors.mssql.TdsServer.Tls;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stub of SQL Server, with TLS inside its protocol, as the driver wants it by default. */
public final class MssqlFixture implements KindFixture {

    private static TdsServer server;

    private static synchronized TdsServer server() {
        if (server == null) {
            server = TdsServer.start(Tls.INSIDE, TestCertificates.trusted());
        }
        return server;
    }

    @Override
    public String kind() {
        return "mssql";
    }

    @Override
    public Map<String, Object> workingConfig() {
        return config(server());
    }

    static Map<String, Object> config(TdsServer server) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("host", TestCertificates.SERVER_NAME);
        config.put("port", (long) server.port());
        config.put("database", TdsServer.DATABASE);
        config.put("username", TdsServer.USER);
        config.put("password", SecretValue.of(TdsServer.PASSWORD));
        return config;
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                "sales",
                "big",
                TableType.VIEW,
                null,
                List.of(new ColumnSchema("id", "int", CanonicalType.INTEGER, true, null)),
                List.of());
    }
}
