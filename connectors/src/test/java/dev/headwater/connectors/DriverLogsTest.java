package dev.headwater.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.connectors.clickhouse.ClickhouseFixture;
import dev.headwater.connectors.mssql.MssqlFixture;
import dev.headwater.connectors.oracle.OracleFixture;
import dev.headwater.connectors.snowflake.SnowflakeFixture;
import dev.headwater.connectors.trino.TrinoFixture;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.SecretValue;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Drivers that log to {@code java.util.logging} or slf4j, at their finest level. */
@DisplayName("What drivers log, however much that is,")
class DriverLogsTest {

    private static final String PLANTED = "pl4nted+pass word%";
    private static final List<String> LOGGERS = List.of(
            "com.microsoft.sqlserver", "net.snowflake", "net.snowflake.client", "io.trino", "oracle", "com.clickhouse");

    private final StringBuffer seen = new StringBuffer();
    private final List<Logger> loggers = LOGGERS.stream().map(Logger::getLogger).toList();

    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            seen.append(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    static Stream<KindFixture> fixtures() {
        return Stream.of(
                new TrinoFixture(),
                new MssqlFixture(),
                new OracleFixture(),
                new ClickhouseFixture(),
                new SnowflakeFixture());
    }

    @BeforeEach
    void listen() {
        listener.setLevel(Level.ALL);
        loggers.forEach(logger -> logger.addHandler(listener));
    }

    @AfterEach
    void stopListening() {
        loggers.forEach(logger -> {
            logger.removeHandler(listener);
            logger.setLevel(Level.OFF);
            logger.setUseParentHandlers(true);
        });
    }

    private void use(KindFixture fixture, Map<String, Object> config) {
        Throwable failure = catchThrowable(() -> {
            try (ConnectorSession session = fixture.connector().open(Targets.target(fixture.kind(), config))) {
                seen.append(session.probe());
            }
        });
        if (failure != null) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text, true));
            seen.append(text);
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    @DisplayName("holds no password, neither a right one nor a wrong one")
    void hidden(KindFixture fixture) throws Exception {
        Map<String, Object> config = new LinkedHashMap<>(fixture.workingConfig());
        loggers.forEach(logger -> {
            logger.setUseParentHandlers(false);
            logger.setLevel(Level.ALL);
        });
        String right = ((SecretValue) config.get("password")).reveal();
        use(fixture, config);
        config.put("password", SecretValue.of(PLANTED));
        use(fixture, config);

        String logged = Files.readString(Path.of("slf4j.log"), StandardCharsets.ISO_8859_1);
        String user = String.valueOf(config.get("username"));
        for (String secret : List.of(right, PLANTED)) {
            for (String form : List.of(
                    secret,
                    URLEncoder.encode(secret, StandardCharsets.UTF_8),
                    Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)),
                    Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8)))) {
                assertThat(seen.indexOf(form)).as("what was seen: " + form).isNegative();
                assertThat(logged.contains(form)).as("slf4j: " + form).isFalse();
            }
        }
    }
}
