package dev.headwater.connectors.internal.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.jdbc.internal.JdbcConfiguration;
import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.UrlContract;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

@Label("The URL of ClickHouse, as its driver parses it,")
class ClickhouseUrlTest extends UrlContract {

    ClickhouseUrlTest() {
        super(
                new ClickhouseKind(),
                "db?ssl=false",
                "db&ssl_mode=none",
                "db?proxy_host=x",
                "/db",
                "a,b",
                "db\r\nX-Evil: 1");
    }

    private static JdbcConfiguration parsed(Login login) throws SQLException {
        return new JdbcConfiguration(login.url(), login.properties());
    }

    @Property(tries = 500)
    @Label("names the host, the database and the user of the config, and nothing else, whatever they are")
    void names(@ForAll("hostile") String database, @ForAll("hostile") String user) throws SQLException {
        Map<String, Object> config = config();
        config.put("database", database);
        config.put("username", user);
        if (!database.matches("[ -~]+") || user.indexOf(':') >= 0) {
            assertRefused(config, "");
            return;
        }
        JdbcConfiguration parsed = parsed(login(config));
        Map<String, String> expected = new HashMap<>(parsed(login(config())).getClientProperties());
        expected.put("database", database);
        expected.put("user", user);
        assertThat(parsed.getConnectionUrl()).isEqualTo("https://" + HOST + ":8444");
        assertThat(parsed.getClientProperties()).isEqualTo(expected);
    }

    @Property(tries = 500)
    @Label("leads to the host of the config or is refused, whatever the host is")
    void host(@ForAll("hostile") String host) throws SQLException {
        Map<String, Object> config = config();
        config.put("host", host);
        if (refuses(config)) {
            assertRefused(config, "host");
            return;
        }
        assertThat(parsed(login(config)).getConnectionUrl())
                .isEqualToIgnoringCase("https://" + login(config).endpoint());
    }

    @Example
    @Label("takes none of the driver's properties that read files, switch off verification, or send it elsewhere")
    void dangerous() {
        assertTakesNone(
                "ssl",
                "ssl_mode",
                "sslmode",
                "sslrootcert",
                "sslcert",
                "ssl_key",
                "trust_store",
                "key_store",
                "proxy_host",
                "proxy_type",
                "http_header_x",
                "access_token",
                "custom_http_params",
                "user",
                "password",
                "clickhouse_setting_x",
                "http_connection_provider");
    }

    @Example
    @Label("asks for HTTPS unless the config says otherwise")
    void tls() throws SQLException {
        Map<String, Object> config = config();
        config.put("ssl.enabled", false);
        assertThat(parsed(login(config)).getConnectionUrl()).isEqualTo("http://" + HOST + ":8444");
    }

    @Example
    @Label("comes with a catalog whose types are all known")
    void types() {
        Map.of(
                        "LowCardinality(Nullable(String))", CanonicalType.TEXT,
                        "SimpleAggregateFunction(sum, Decimal(38, 2))", CanonicalType.DECIMAL,
                        "AggregateFunction(uniq, UInt64)", CanonicalType.BINARY,
                        "DateTime64(3, 'UTC')", CanonicalType.TIMESTAMP_WITH_ZONE,
                        "Enum8('a(b' = 1)", CanonicalType.TEXT,
                        "Array(Nullable(Int8))", CanonicalType.ARRAY,
                        "Tuple(x Int8, y String)", CanonicalType.STRUCT,
                        "Map(String, UInt8)", CanonicalType.MAP,
                        "IntervalDay", CanonicalType.INTERVAL,
                        "Variant(String, UInt8)", CanonicalType.UNKNOWN)
                .forEach((type, canonical) -> assertThat(ClickhouseCatalog.canonicalType(type))
                        .as(type)
                        .isEqualTo(canonical));
    }
}
