package dev.headwater.connectors;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The DuckDB connector")
class DuckDbConnectorTest {

    @TempDir
    Path directory;

    private final Connector connector = Connectors.duckdb();
    private final Map<String, Object> config = new HashMap<>();
    private Path file;

    @BeforeEach
    void create() throws SQLException {
        file = directory.resolve("shop.duckdb");
        run(
                "create schema sales",
                "create table sales.orders (id bigint, region varchar not null, total decimal(12,2),"
                        + " primary key (region, id))",
                "comment on table sales.orders is 'All orders'",
                "comment on column sales.orders.total is 'In euro'",
                "create view sales.big as select * from sales.orders where total > 1000",
                "create table other (a int)",
                "create temp table passing (a int)");
        config.put("database", file.toString());
    }

    private void run(String... statements) throws SQLException {
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + file, new Properties());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private ConnectionTarget duck() {
        return target("duckdb", config);
    }

    private ConnectorException refusal() {
        ConnectorException failure = failure(() -> connector.open(duck()).close());
        assertThat(failure).hasNoCause().hasNoSuppressedExceptions();
        return failure;
    }

    @Test
    @DisplayName("opens a file and tells the version")
    void probes() {
        connector.reach(duck());
        try (ConnectorSession session = connector.open(duck())) {
            assertThat(session.probe()).matches("DuckDB \\d+\\.\\d+\\.\\d+.*");
        }
    }

    @Test
    @DisplayName("opens a database in memory")
    void memory() {
        config.put("database", ":memory:");
        connector.reach(duck());
        try (ConnectorSession session = connector.open(duck())) {
            assertThat(session.probe()).startsWith("DuckDB");
            assertThat(session.readTables(10, ignored -> {}).tables()).isEmpty();
        }
    }

    @Test
    @DisplayName("fetches no extensions, which would pass the network policy by")
    void noFetching() throws SQLException {
        config.put("database", ":memory:");
        try (ConnectorClient client = connector.client(duck(), new ClientSettings("offline", 1));
                Connection connection = ((DataSource) client.client()).getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select current_setting('autoinstall_known_extensions')")) {
            rows.next();
            assertThat(rows.getBoolean(1)).isFalse();
        }
    }

    @Nested
    @DisplayName("refuses with the code")
    class Refuses {

        @Test
        @DisplayName("NO_SUCH_DATABASE for a file that is not there, and does not make one")
        void missing() {
            Path missing = directory.resolve("missing.duckdb");
            config.put("database", missing.toString());
            assertThat(refusal().failure()).isEqualTo(FailureCode.NO_SUCH_DATABASE);
            assertThat(failure(() -> connector.reach(duck())).failure()).isEqualTo(FailureCode.NO_SUCH_DATABASE);
            try (ConnectorClient client = connector.client(
                    target("duckdb", config, java.time.Duration.ofMillis(300), new Cancellation()),
                    new ClientSettings("missing", 1))) {
                assertThatThrownBy(() -> ((DataSource) client.client()).getConnection())
                        .isInstanceOf(SQLException.class)
                        .hasRootCauseInstanceOf(ConnectorException.class);
            }
            assertThat(missing).doesNotExist();
        }

        @Test
        @DisplayName("NO_SUCH_DATABASE for a directory")
        void folder() {
            config.put("database", directory.toString());
            assertThat(refusal().failure()).isEqualTo(FailureCode.NO_SUCH_DATABASE);
        }

        @Test
        @DisplayName("WRONG_SERVER for a file of another kind")
        void otherFile() throws IOException {
            Path text = Files.writeString(directory.resolve("text.duckdb"), "some text\n".repeat(10_000));
            config.put("database", text.toString());
            assertThat(refusal().failure()).isEqualTo(FailureCode.WRONG_SERVER);
        }

        @Test
        @DisplayName("WRONG_SERVER for a database that DuckDB could read with an extension")
        void otherDatabase() throws IOException {
            byte[] head = "SQLite format 3\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            Path sqlite = Files.write(directory.resolve("x.db"), java.util.Arrays.copyOf(head, 20_000));
            config.put("database", sqlite.toString());
            assertThat(refusal().failure()).isEqualTo(FailureCode.WRONG_SERVER);
        }

        @Test
        @DisplayName("INVALID_CONFIG for a MotherDuck token, which it does not repeat")
        void token() {
            config.put("access_token", SecretValue.of("very-secret"));
            ConnectorException failure = refusal();
            assertThat(failure.failure()).isEqualTo(FailureCode.INVALID_CONFIG);
            assertThat(failure).hasMessageContaining("MotherDuck").hasMessageNotContaining("very-secret");
        }

        @Test
        @DisplayName("INVALID_CONFIG for options that are not allowed, or have no such value")
        void options() {
            config.put("extraProperties.allow_unsigned_extensions", "true");
            config.put("extraProperties.threads", "many");
            assertThat(refusal())
                    .hasMessageContainingAll("allow_unsigned_extensions is not allowed", "threads must match");
        }

        @Test
        @DisplayName("INVALID_CONFIG for a database in memory that is only to be read")
        void readOnlyMemory() {
            config.put("database", ":memory:");
            config.put("extraProperties.access_mode", "READ_ONLY");
            assertThat(refusal().failure()).isEqualTo(FailureCode.INVALID_CONFIG);
        }

        @Test
        @DisplayName("FAILED and a hint where this process has the file open in another way")
        void otherSettings() throws SQLException {
            try (Connection open = new DuckDBDriver().connect("jdbc:duckdb:" + file, new Properties())) {
                assertThat(open.isClosed()).isFalse();
                config.put("extraProperties.access_mode", "READ_ONLY");
                ConnectorException failure = refusal();
                assertThat(failure.failure()).isEqualTo(FailureCode.FAILED);
                assertThat(failure.hint()).contains("open already");
            }
        }
    }

    @Nested
    @DisplayName("reads")
    class Reads {

        private TableList read(int maxTables) {
            try (ConnectorSession session = connector.open(duck())) {
                return session.readTables(maxTables, ignored -> {});
            }
        }

        @Test
        @DisplayName("tables and views with columns, types, nulls, comments and keys in key order")
        void tables() {
            List<TableSchema> tables = read(10).tables();
            assertThat(tables)
                    .extracting(table -> table.schema() + "." + table.name())
                    .containsExactly("main.other", "sales.big", "sales.orders");
            assertThat(tables.get(1).type()).isEqualTo(TableType.VIEW);
            TableSchema orders = tables.get(2);
            assertThat(orders.type()).isEqualTo(TableType.TABLE);
            assertThat(orders.comment()).isEqualTo("All orders");
            assertThat(orders.primaryKey()).containsExactly("region", "id");
            assertThat(orders.columns())
                    .containsExactly(
                            new ColumnSchema("id", "BIGINT", CanonicalType.INTEGER, false, null),
                            new ColumnSchema("region", "VARCHAR", CanonicalType.TEXT, false, null),
                            new ColumnSchema("total", "DECIMAL(12,2)", CanonicalType.DECIMAL, true, "In euro"));
        }

        @Test
        @DisplayName("no more tables than asked for, and says so")
        void limit() {
            assertThat(read(2).truncated()).isTrue();
            assertThat(read(2).tables()).hasSize(2);
            assertThat(read(3).truncated()).isFalse();
        }

        @Test
        @DisplayName("a file that it must not change")
        void readOnly() {
            config.put("extraProperties.access_mode", "READ_ONLY");
            config.put("extraProperties.threads", "2");
            config.put("extraProperties.default_order", "DESC");
            config.put("extraProperties.preserve_insertion_order", "false");
            config.put("extraProperties.memory_limit", "200MB");
            assertThat(read(10).tables()).hasSize(3);
        }

        @Test
        @DisplayName("every type")
        void types() throws SQLException {
            Map<String, CanonicalType> expected = Map.ofEntries(
                    Map.entry("BOOLEAN", CanonicalType.BOOLEAN),
                    Map.entry("TINYINT", CanonicalType.INTEGER),
                    Map.entry("SMALLINT", CanonicalType.INTEGER),
                    Map.entry("INTEGER", CanonicalType.INTEGER),
                    Map.entry("BIGINT", CanonicalType.INTEGER),
                    Map.entry("HUGEINT", CanonicalType.INTEGER),
                    Map.entry("UTINYINT", CanonicalType.INTEGER),
                    Map.entry("USMALLINT", CanonicalType.INTEGER),
                    Map.entry("UINTEGER", CanonicalType.INTEGER),
                    Map.entry("UBIGINT", CanonicalType.INTEGER),
                    Map.entry("UHUGEINT", CanonicalType.INTEGER),
                    Map.entry("BIGNUM", CanonicalType.INTEGER),
                    Map.entry("DECIMAL(18,3)", CanonicalType.DECIMAL),
                    Map.entry("FLOAT", CanonicalType.FLOAT),
                    Map.entry("DOUBLE", CanonicalType.FLOAT),
                    Map.entry("VARCHAR", CanonicalType.TEXT),
                    Map.entry("BIT", CanonicalType.TEXT),
                    Map.entry("ENUM('good', 'b]ad')", CanonicalType.TEXT),
                    Map.entry("BLOB", CanonicalType.BINARY),
                    Map.entry("DATE", CanonicalType.DATE),
                    Map.entry("TIME", CanonicalType.TIME),
                    Map.entry("TIME WITH TIME ZONE", CanonicalType.TIME),
                    Map.entry("TIMESTAMP", CanonicalType.TIMESTAMP),
                    Map.entry("TIMESTAMP_S", CanonicalType.TIMESTAMP),
                    Map.entry("TIMESTAMP_MS", CanonicalType.TIMESTAMP),
                    Map.entry("TIMESTAMP_NS", CanonicalType.TIMESTAMP),
                    Map.entry("TIMESTAMP WITH TIME ZONE", CanonicalType.TIMESTAMP_WITH_ZONE),
                    Map.entry("INTERVAL", CanonicalType.INTERVAL),
                    Map.entry("UUID", CanonicalType.UUID),
                    Map.entry("JSON", CanonicalType.JSON),
                    Map.entry("INTEGER[]", CanonicalType.ARRAY),
                    Map.entry("INTEGER[3]", CanonicalType.ARRAY),
                    Map.entry("STRUCT(a INTEGER, b VARCHAR)[]", CanonicalType.ARRAY),
                    Map.entry("STRUCT(a INTEGER, b VARCHAR[])", CanonicalType.STRUCT),
                    Map.entry("UNION(a INTEGER, b VARCHAR)", CanonicalType.STRUCT),
                    Map.entry("MAP(VARCHAR, INTEGER)", CanonicalType.MAP));
            List<String> types = List.copyOf(expected.keySet());
            StringBuilder create = new StringBuilder("create table every (");
            for (int i = 0; i < types.size(); i++) {
                create.append(i == 0 ? "" : ", ")
                        .append('c')
                        .append(i)
                        .append(' ')
                        .append(types.get(i));
            }
            run("drop view sales.big", "drop table sales.orders", "drop table other", create + ")");
            List<ColumnSchema> columns = read(10).tables().get(0).columns();
            assertThat(columns).hasSameSizeAs(types);
            for (int i = 0; i < types.size(); i++) {
                assertThat(columns.get(i).type())
                        .as(types.get(i) + " " + columns.get(i).nativeType())
                        .isEqualTo(expected.get(types.get(i)));
            }
        }
    }

    @Nested
    @DisplayName("pools")
    class Pools {

        @Test
        @DisplayName("a file, whose connections all see the same")
        void ofFile() throws SQLException {
            try (ConnectorClient client = connector.client(duck(), new ClientSettings("file", 3))) {
                assertShared((DataSource) client.client(), client);
            }
            // Nothing holds the file any more: another configuration may open it.
            config.put("extraProperties.access_mode", "READ_ONLY");
            try (ConnectorSession session = connector.open(duck())) {
                assertThat(session.probe()).startsWith("DuckDB");
            }
        }

        @Test
        @DisplayName("a database in memory, whose connections all see the same, and no other pool's")
        void ofMemory() throws SQLException {
            config.put("database", ":memory:");
            try (ConnectorClient client = connector.client(duck(), new ClientSettings("memory", 3));
                    ConnectorClient other = connector.client(duck(), new ClientSettings("other", 3))) {
                assertShared((DataSource) client.client(), client);
                try (Connection connection = ((DataSource) other.client()).getConnection();
                        Statement statement = connection.createStatement()) {
                    assertThatThrownBy(() -> statement.execute("select * from shared"))
                            .isInstanceOf(SQLException.class);
                }
            }
        }

        private void assertShared(DataSource source, ConnectorClient client) throws SQLException {
            try (Connection a = source.getConnection();
                    Connection b = source.getConnection();
                    Statement write = a.createStatement();
                    Statement read = b.createStatement()) {
                write.execute("create table shared as select 42 as answer");
                try (var rows = read.executeQuery("select answer from shared")) {
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(42);
                }
                assertThat(client.inUse()).isEqualTo(2);
                // The test of a source works beside its pool.
                if (!config.get("database").equals(":memory:")) {
                    try (ConnectorSession session = connector.open(duck())) {
                        assertThat(session.readTables(10, ignored -> {}).tables())
                                .hasSize(4);
                    }
                }
            }
            assertThat(client.inUse()).isZero();
        }

        @Test
        @DisplayName("and ends a query that is running when it closes")
        void closesBusy() throws Exception {
            config.put("database", ":memory:");
            ConnectorClient client = connector.client(duck(), new ClientSettings("duck-busy", 1));
            Connection connection = ((DataSource) client.client()).getConnection();
            Statement statement = connection.createStatement();
            var ended = java.util.concurrent.CompletableFuture.supplyAsync(
                    () -> org.assertj.core.api.Assertions.catchThrowable(() -> statement.execute(ENDLESS)));
            Await.until(() -> Threads.all().stream()
                    .anyMatch(thread -> java.util.Arrays.stream(thread.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().startsWith("org.duckdb.DuckDBNative"))));
            client.close();
            assertThat(ended.get(60, java.util.concurrent.TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
        }
    }

    private static final String ENDLESS =
            "select count(*) from range(10000000) a, range(10000000) b where a.range * b.range % 7 = 3";

    @Test
    @DisplayName("does not begin what is cancelled already")
    void cancelledBefore() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        assertThat(failure(() -> connector.open(target("duckdb", config, Targets.TIMEOUT, cancellation)))
                        .failure())
                .isEqualTo(FailureCode.CANCELLED);

        Cancellation later = new Cancellation();
        try (ConnectorSession session = connector.open(target("duckdb", config, Targets.TIMEOUT, later))) {
            later.cancel();
            assertThat(failure(session::probe).failure()).isEqualTo(FailureCode.CANCELLED);
            assertThat(failure(() -> session.readTables(1, ignored -> {})).failure())
                    .isEqualTo(FailureCode.CANCELLED);
        }
    }
}
