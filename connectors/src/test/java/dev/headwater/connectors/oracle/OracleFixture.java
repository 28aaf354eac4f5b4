package dev.headwater.connectors.oracle;

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

/** The stub of Oracle, with TLS, as is the default of the kind. */
public final class OracleFixture implements KindFixture {

    private static OracleServer server;

    private static synchronized OracleServer server() {
        if (server == null) {
            server = OracleServer.start(TestCertificates.trusted());
        }
        return server;
    }

    @Override
    public String kind() {
        return "oracle";
    }

    @Override
    public Map<String, Object> workingConfig() {
        return config(server());
    }

    static Map<String, Object> config(OracleServer server) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("host", TestCertificates.SERVER_NAME);
        config.put("port", (long) server.port());
        config.put("database", OracleServer.DATABASE);
        config.put("username", OracleLogin.USER);
        config.put("password", SecretValue.of(OracleLogin.PASSWORD));
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
                List.of(new ColumnSchema("ID", "INTEGER", CanonicalType.INTEGER, true, null)),
                List.of());
    }
}
