package dev.headwater.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.databricks.jdbc.api.impl.DatabricksConnectionContextFactory;
import com.databricks.jdbc.api.internal.IDatabricksConnectionContext;
import dev.headwater.connectors.Await;
import dev.headwater.connectors.TestLog;
import dev.headwater.connectors.internal.DriverKind;
import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.databricks.DatabricksKind;
import dev.headwater.connectors.rest.HttpStub.Asked;
import dev.headwater.connectors.rest.HttpStub.Reply;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import dev.headwater.testkit.FaultyServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pool of Databricks")
class DatabricksPoolTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofMillis(500);

    /** A stream of Arrow: the texts one, two and three. */
    private static final byte[] ARROW = Base64.getDecoder()
            .decode(
                    "/////4gAAAAQAAAAAAAKAA4ABgANAAgACgAAAAAABAAQAAAAAAEKAAwAAAAIAAQACgAAAAgAAAAIAAAAAAAAAAEAAAAYAAAAAAASABgA"
                            + "FAATABIADAAAAAgABAASAAAAFAAAABQAAAAYAAAAAAAFARQAAAAAAAAAAAAAAAQABAAEAAAAAQAAAHYAAAAAAAAA/////5gAAAAU"
                            + "AAAAAAAAAAwAFgAOABUAEAAEAAwAAAAoAAAAAAAAAAAABAAQAAAAAAMKABgADAAIAAQACgAAABQAAABIAAAAAwAAAAAAAAAAAAAA"
                            + "AwAAAAAAAAAAAAAAAQAAAAAAAAAIAAAAAAAAABAAAAAAAAAAGAAAAAAAAAALAAAAAAAAAAAAAAABAAAAAwAAAAAAAAAAAAAAAAAA"
                            + "AAcAAAAAAAAAAAAAAAMAAAAGAAAACwAAAG9uZXR3b3RocmVlAAAAAAD/////AAAAAA==");

    private final DatabricksFixture fixture = new DatabricksFixture();

    @BeforeEach
    void forget() {
        DatabricksFixture.stub().forget();
    }

    @AfterEach
    void asBefore() {
        DatabricksFixture.stub().instead(null);
    }

    private ConnectorClient pool(Map<String, Object> changes, NetworkPolicy policy, Duration timeout) {
        Map<String, Object> config = new HashMap<>(fixture.workingConfig());
        config.putAll(changes);
        if (changes.containsKey("client_id")) {
            config.remove("access_token");
        }
        return fixture.connector()
                .client(
                        new ConnectionTarget(
                                "databricks", ResolvedConfig.of(config), policy, timeout, new Cancellation()),
                        new ClientSettings("databricks", 2));
    }

    private static List<String> ask(ConnectorClient pool, String sql) throws SQLException {
        List<String> answer = new ArrayList<>();
        try (Connection connection = ((DataSource) pool.client()).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                answer.add(rows.getString(1));
            }
        }
        return answer;
    }

    private ConnectorException failure(Map<String, Object> changes, NetworkPolicy policy, Duration timeout) {
        try (ConnectorClient pool = pool(changes, policy, timeout)) {
            Throwable failure = catchThrowable(((DataSource) pool.client())::getConnection);
            assertThat(failure).rootCause().isInstanceOf(ConnectorException.class);
            Throwable cause = failure;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return (ConnectorException) cause;
        }
    }

    private FailureCode code(Map<String, Object> changes) {
        return failure(changes, NetworkPolicy.refuseLinkLocal(), TIMEOUT).failure();
    }

    @Test
    @DisplayName("answers queries by the vendor's driver, whose sessions end with it")
    void works() throws SQLException {
        try (ConnectorClient pool = pool(Map.of("database", "shop"), NetworkPolicy.refuseLinkLocal(), TIMEOUT)) {
            assertThat(ask(pool, "select current_version().dbsql_version")).containsExactly("2026.20");
            assertThat(pool.state().idle()).isEqualTo(1);
            assertThat(DatabricksFixture.sessions()).hasSize(1);
            assertThat(ask(pool, "select current_version().dbsql_version")).containsExactly("2026.20");
            assertThat(DatabricksFixture.sessions()).hasSize(1);
        }
        Await.until(() -> DatabricksFixture.sessions().isEmpty());
        assertThat(DatabricksFixture.stub().asked())
                .extracting(Asked::path)
                .as("telemetry, feature flags and the like")
                .allMatch(path -> path.contains("/.well-known/") || path.startsWith("/api/2.0/sql/"));
    }

    @Test
    @DisplayName("gives the driver a token of its service principal, and keeps the secret to itself")
    void principal() throws SQLException {
        Map<String, Object> principal =
                Map.of("client_id", "app-1", "client_secret", SecretValue.of(DatabricksFixture.SECRET));
        try (ConnectorClient pool = pool(principal, NetworkPolicy.refuseLinkLocal(), TIMEOUT)) {
            assertThat(ask(pool, "select current_version().dbsql_version")).containsExactly("2026.20");
        }
        assertThat(DatabricksFixture.stub().asked())
                .filteredOn(asked -> asked.path().contains("token"))
                .hasSize(1);
        DatabricksFixture.stub()
                .instead(asked -> asked.path().contains("/sessions")
                        ? Reply.of(403, "{\"message\":\"Sorry " + DatabricksFixture.TOKEN + "\"}")
                        : DatabricksFixture.usual(asked));
        ConnectorException refused = failure(principal, NetworkPolicy.refuseLinkLocal(), TIMEOUT);
        assertThat(refused.failure()).isEqualTo(FailureCode.PERMISSION_DENIED);
        assertThat(refused).hasMessageContaining("Sorry").hasMessageNotContaining(DatabricksFixture.TOKEN);
        DatabricksFixture.stub().instead(null);
        assertThat(code(Map.of("client_id", "app-1", "client_secret", SecretValue.of("wrong"))))
                .isEqualTo(FailureCode.WRONG_CREDENTIALS);
    }

    @Test
    @DisplayName("says why it cannot connect, and in time")
    void failures() throws Exception {
        assertThat(code(Map.of("access_token", SecretValue.of("wrong")))).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        assertThat(code(Map.of("http_path", "/sql/1.0/warehouses/other"))).isEqualTo(FailureCode.NO_SUCH_DATABASE);
        assertThat(failure(Map.of(), (host, address, port) -> false, TIMEOUT).failure())
                .isEqualTo(FailureCode.DESTINATION_REFUSED);
        try (Socket nobody = new Socket();
                FaultyServer blackHole = FaultyServer.blackHole()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            assertThat(failure(
                                    fixture.atPort(nobody.getLocalPort()).orElseThrow(),
                                    NetworkPolicy.refuseLinkLocal(),
                                    SOON)
                            .failure())
                    .isEqualTo(FailureCode.CONNECTION_REFUSED);
            long began = System.nanoTime();
            assertThat(failure(fixture.atPort(blackHole.port()).orElseThrow(), NetworkPolicy.refuseLinkLocal(), SOON)
                            .failure())
                    .isEqualTo(FailureCode.TIMED_OUT);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(TIMEOUT);
            Await.until(() -> blackHole.open() == 0);
        }
    }

    @Test
    @DisplayName("does not wait as long as a busy server says, neither to connect nor to close")
    void busy() {
        Reply later = new Reply(503, "{}", Map.of("Content-Type", "application/json", "Retry-After", "600"));
        DatabricksFixture.stub().instead(asked -> asked.path().contains("/sessions") ? later : Reply.json("{}"));
        assertThat(failure(Map.of(), NetworkPolicy.refuseLinkLocal(), SOON).failure())
                .isEqualTo(FailureCode.TIMED_OUT);
        CompletableFuture<Throwable> waiting;
        try (ConnectorClient pool = pool(Map.of(), NetworkPolicy.refuseLinkLocal(), Duration.ofHours(1))) {
            DatabricksFixture.stub().forget();
            waiting = CompletableFuture.supplyAsync(() -> catchThrowable(() -> ask(pool, "select 1")));
            Await.until(() -> DatabricksFixture.stub().asked().stream()
                    .anyMatch(asked -> asked.path().contains("/sessions")));
        }
        assertThat(waiting.orTimeout(30, TimeUnit.SECONDS).join()).isInstanceOf(SQLException.class);
        Await.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("headwater-login")));
    }

    @Test
    @DisplayName("downloads large answers from where the workspace says, if the network policy allows that")
    void downloads() throws Exception {
        try (ArrowServer storage = new ArrowServer(ARROW)) {
            DatabricksFixture.stub()
                    .instead(asked -> asked.body().contains("\"select large\"")
                            ? Reply.json(large(storage.url()))
                            : DatabricksFixture.usual(asked));
            Set<Integer> ports = ConcurrentHashMap.newKeySet();
            NetworkPolicy noting = (host, address, port) -> ports.add(port) || true;
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            try (ConnectorClient pool = pool(Map.of(), noting, TIMEOUT)) {
                assertThat(ask(pool, "select large")).containsExactly("one", "two", "three");
            }
            Await.until(() -> left(before).isEmpty());
            assertThat(ports).containsExactlyInAnyOrder(DatabricksFixture.stub().port(), storage.port());
            int asked = storage.asked();
            AtomicInteger refused = new AtomicInteger();
            NetworkPolicy confined = (host, address, port) -> port != storage.port() || refused.incrementAndGet() == 0;
            CompletableFuture<Throwable> query;
            try (ConnectorClient pool = pool(Map.of(), confined, TIMEOUT)) {
                query = CompletableFuture.supplyAsync(() -> catchThrowable(() -> ask(pool, "select large")));
                // The driver would try again for some seconds.
                Await.until(() -> refused.get() > 0);
            }
            assertThat(query.get(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(storage.asked()).isEqualTo(asked);
        }
    }

    /** {@return the threads that are new, but for those of the JDK that all share} */
    private static List<String> left(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> !name.startsWith("HTTP-Dispatcher") && !name.startsWith("ForkJoinPool"))
                .toList();
    }

    private static String large(String url) {
        return "{\"statement_id\":\"large\",\"status\":{\"state\":\"SUCCEEDED\"},\"manifest\":{\"format\":\"ARROW_STREAM\","
                + "\"result_compression\":\"NONE\",\"total_chunk_count\":1,\"total_row_count\":3,\"total_byte_count\":352,"
                + "\"chunks\":[{\"chunk_index\":0,\"row_offset\":0,\"row_count\":3,\"byte_count\":352}],"
                + "\"schema\":{\"column_count\":1,\"columns\":[{\"name\":\"v\",\"type_text\":\"STRING\",\"type_name\":\"STRING\","
                + "\"position\":0}]}},\"result\":{\"external_links\":[{\"chunk_index\":0,\"row_offset\":0,\"row_count\":3,"
                + "\"byte_count\":352,\"external_link\":\"" + url + "\",\"expiration\":\""
                + Instant.now().plus(Duration.ofHours(1)) + "\"}]}}";
    }

    @Test
    @DisplayName("cannot be led elsewhere, or past its proxy, by what a config says")
    void hostile() throws Exception {
        DatabricksKind kind = new DatabricksKind();
        Map<String, Object> config = new HashMap<>(fixture.workingConfig());
        config.put("host", "dbc-1.cloud.databricks.com");
        config.put("database", "a;UseProxy=0;Host=evil.example");
        config.put("extraProperties.ConnCatalog", "b;UseProxy=0");
        config.put("extraProperties.UserAgentEntry", "c/1;EnableTelemetry=1");
        DriverKind driver = kind.driver();
        Login login = driver.login(ResolvedConfig.of(config));
        assertThat(login.url()).isEqualTo("jdbc:databricks://dbc-1.cloud.databricks.com:443");
        Properties properties = login.properties();
        properties.setProperty("UseProxy", "1");
        IDatabricksConnectionContext read = DatabricksConnectionContextFactory.create(login.url(), properties);
        assertThat(read.getHostUrl()).isEqualTo("https://dbc-1.cloud.databricks.com:443");
        assertThat(read.getUseProxy()).isTrue();
        assertThat(read.getUseSystemProxy()).isFalse();
        assertThat(read.getUseCloudFetchProxy()).isFalse();
        assertThat(read.isTelemetryEnabled()).isFalse();
        assertThat(read.getSchema()).isEqualTo("a;UseProxy=0;Host=evil.example");
        assertThat(read.allowSelfSignedCerts()).isFalse();
        assertThat(read.getVolumeOperationAllowedPaths()).isEmpty();
    }

    @Test
    @DisplayName("logs no token, however much the driver logs, and refuses to log in where its HTTP client would")
    void logs() {
        StringBuffer seen = new StringBuffer();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord record) {
                seen.append(new SimpleFormatter().format(record));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        listener.setLevel(Level.ALL);
        List<Logger> talking =
                List.of(Logger.getLogger("com.databricks.jdbc"), Logger.getLogger("com.databricks.internal.sdk"));
        Logger wire = Logger.getLogger("com.databricks.internal.apache.http.wire");
        String planted = "pl4nted-token";
        try {
            talking.forEach(logger -> {
                logger.setLevel(Level.ALL);
                logger.addHandler(listener);
            });
            try (ConnectorClient pool = pool(Map.of(), NetworkPolicy.refuseLinkLocal(), TIMEOUT)) {
                assertThat(catchThrowable(() -> ask(pool, "select current_version().dbsql_version")))
                        .isNull();
                assertThat(catchThrowable(() -> ask(pool, "select broken"))).isInstanceOf(SQLException.class);
            }
            ConnectorException failure =
                    failure(Map.of("access_token", SecretValue.of(planted)), NetworkPolicy.refuseLinkLocal(), TIMEOUT);
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace, true));
            seen.append(trace);
            assertThat(seen.toString()).isNotEmpty().doesNotContain(planted).doesNotContain(DatabricksFixture.TOKEN);
            assertThat(TestLog.contains(planted)).isFalse();
            wire.setLevel(Level.FINE);
            failure = failure(Map.of(), NetworkPolicy.refuseLinkLocal(), SOON);
            assertThat(failure.failure()).isEqualTo(FailureCode.FAILED);
            assertThat(failure.hint()).contains("java.util.logging");
        } finally {
            wire.setLevel(null);
            talking.forEach(logger -> {
                logger.setLevel(null);
                logger.removeHandler(listener);
            });
        }
    }
}
