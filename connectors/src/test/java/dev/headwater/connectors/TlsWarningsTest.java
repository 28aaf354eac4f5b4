package dev.headwater.connectors;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.Connector;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a config says against TLS")
class TlsWarningsTest {

    private static final String PLAIN = "it is talked to without TLS";
    private static final String NAME = "the name of its server is not verified";
    private static final String ANYBODY = "its server is not verified";

    @ParameterizedTest
    @CsvSource({
        "clickhouse, ssl.enabled, false, " + PLAIN,
        "cockroachdb, ssl.enabled, false, " + PLAIN,
        "mssql, ssl.enabled, false, " + PLAIN,
        "mysql, ssl.enabled, false, " + PLAIN,
        "mysql, extraProperties.sslMode, verify-ca, " + NAME,
        "mysql, extraProperties.sslMode, trust, " + ANYBODY,
        "oracle, ssl.enabled, false, " + PLAIN,
        "postgresql, ssl.enabled, false, " + PLAIN,
        "postgresql, extraProperties.sslmode, verify-ca, " + NAME,
        "postgresql, extraProperties.sslmode, require, " + ANYBODY,
        "redshift, ssl.enabled, false, " + PLAIN,
        "redshift, extraProperties.sslmode, verify-ca, " + NAME,
        "singlestore, extraProperties.sslMode, disable, " + PLAIN,
    })
    @DisplayName("is logged as a warning when it is used")
    void logged(String kind, String field, String value, String warning) throws IOException {
        // Bound and not listening: nobody else gets the port meanwhile.
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Map<String, Object> config = new LinkedHashMap<>(Map.of(
                    "host", "127.0.0.1",
                    "port", (long) nobody.getLocalPort(),
                    "database", "shop",
                    "username", "app",
                    "password", SecretValue.of("tls-warnings")));
            config.put(field, value.equals("false") ? (Object) false : value);
            Connector connector = Connectors.all().stream()
                    .filter(one -> one.kinds().contains(kind))
                    .findFirst()
                    .orElseThrow();

            assertThat(failure(() -> connector.reach(target(kind, config))).failure())
                    .isEqualTo(FailureCode.CONNECTION_REFUSED);
        }
        assertThat(TestLog.contains("a source of kind " + kind + " has " + field + "=" + value + ": " + warning))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"false, , " + PLAIN, "true, CA, " + NAME, "true, NONE, " + ANYBODY})
    @DisplayName("is logged as a warning for Trino, whose driver has properties of its own for it")
    void trino(String tls, String verification, String warning) {
        Map<String, Object> config = new LinkedHashMap<>(
                Map.of("host", "127.0.0.1", "port", 1L, "catalog", "c", "schema", "s", "username", "app"));
        config.put("extraProperties.SSL", tls);
        if (verification != null) {
            config.put("extraProperties.SSLVerification", verification);
        }
        assertThat(failure(() -> Connectors.trino().reach(target("trino", config)))
                        .failure())
                .isEqualTo(FailureCode.CONNECTION_REFUSED);
        assertThat(TestLog.contains(warning)).isTrue();
    }
}
